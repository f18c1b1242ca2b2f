package io.quorate.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Ports for nodes that are stopped and started again at the same address. They lie below the range
/// from which the system gives out ports for outgoing connections, so that none of those takes a port
/// while its node is down.
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;

    private FreePorts() {}

    /// That many different ports on which nobody listens just now.
    public static List<Integer> take(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int next = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            for (int tried = 0; held.size() < count; tried++) {
                if (tried > LAST - FIRST) {
                    throw new IOException("no free port between " + FIRST + " and " + LAST);
                }
                tryHold(next, held);
                next = next == LAST ? FIRST : next + 1;
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    private static void tryHold(int port, List<ServerSocket> held) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            held.add(socket);
        } catch (IOException taken) {
            socket.close();
        }
    }
}
