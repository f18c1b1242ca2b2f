package io.quorate.server.node;

import io.quorate.common.env.MachineEnv;
import io.quorate.common.env.MachineEnv.Halt;
import io.quorate.common.env.NodeId;
import io.quorate.server.net.LocalHub;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Several nodes in this process, each with a directory of its own below one.
public final class LocalCluster implements AutoCloseable {
    private final LocalHub hub = new LocalHub();
    private final List<QuorateNode> nodes = new ArrayList<>();

    /// Opens `count` nodes and lets each serve at an address that `addresses` gives.
    public static LocalCluster start(
            int count, Path directory, long clusterId, NodeFaults faults, Halt onHalt) {
        LocalCluster cluster = new LocalCluster();
        try {
            cluster.open(count, directory, clusterId, faults, onHalt);
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private LocalCluster() {}

    private void open(int count, Path directory, long clusterId, NodeFaults faults, Halt onHalt) {
        List<NodeId> ids = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            ids.add(new NodeId(number));
        }
        for (NodeId id : ids) {
            MachineEnv env =
                    MachineEnv.of(id, directory.resolve(id.toString()), hub.join(id), onHalt);
            nodes.add(new QuorateNode(env, clusterId, ids, faults));
        }
    }

    /// Serves PostgreSQL clients: each node at the first free port from `firstPort` on, or at exactly
    /// `firstPort`, the next, and so on where `exact`. Port 0 means any.
    public List<Integer> listen(String host, int firstPort, boolean exact) {
        int next = firstPort;
        List<Integer> ports = new ArrayList<>();
        for (QuorateNode node : nodes) {
            next = Ports.listen(node, host, next, exact);
            ports.add(node.port());
            next = firstPort == 0 ? 0 : next + 1;
        }
        return ports;
    }

    public List<QuorateNode> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public void close() {
        for (QuorateNode node : nodes.reversed()) {
            hub.leave(node.id());
            node.close();
        }
        nodes.clear();
    }

    private static final class Ports {
        private static final int TRIES = 100;

        static int listen(QuorateNode node, String host, int port, boolean exact) {
            for (int tried = 0; ; tried++) {
                try {
                    node.listen(new InetSocketAddress(host, port + tried));
                    return node.port();
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Exception taken) {
                    if (exact || tried >= TRIES) {
                        throw new IllegalStateException(
                                "port "
                                        + (port + tried)
                                        + " is taken; choose another with --pg-port",
                                taken);
                    }
                }
            }
        }
    }
}
