package io.quorate.server.cli;

import io.quorate.common.env.NodeId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// Addresses as they are written on the command line.
final class Addresses {
    private Addresses() {}

    /// `host:port`.
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalStateException("an address is host:port, not \"" + text + "\"");
        }
        try {
            return new InetSocketAddress(
                    text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalStateException("an address is host:port, not \"" + text + "\"", wrong);
        }
    }

    /// `1=host:port,2=host:port,…`: every node of the cluster.
    static Map<NodeId, InetSocketAddress> parsePeers(String text) {
        Map<NodeId, InetSocketAddress> peers = new TreeMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            try {
                NodeId id =
                        new NodeId(
                                Integer.parseInt(part.substring(0, Math.max(0, equals)).strip()));
                peers.put(id, parse(part.substring(equals + 1).strip()));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalStateException(
                        "peers are 1=host:port,2=host:port,3=host:port, not \"" + text + "\"",
                        wrong);
            }
        }
        return peers;
    }

    /// A number for a cluster's name, by which its nodes tell strangers.
    static long clusterId(String name) {
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return crc.getValue() + 1;
    }
}
