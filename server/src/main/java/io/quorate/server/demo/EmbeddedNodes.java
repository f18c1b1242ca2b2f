package io.quorate.server.demo;

import io.quorate.server.node.LocalCluster;
import io.quorate.server.node.NodeFaults;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Nodes in this process.
final class EmbeddedNodes implements BankCluster {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedNodes.class);
    private static final long CLUSTER_ID = 1;
    private static final int HALTED_STATUS = 3;

    private final LocalCluster cluster;
    private final List<String> urls;

    EmbeddedNodes(int count, Path data, NodeFaults faults) {
        cluster =
                LocalCluster.start(
                        count,
                        data,
                        CLUSTER_ID,
                        faults,
                        (node, reason, cause) -> {
                            log.error("node halts node={} reason=\"{}\"", node, reason, cause);
                            Runtime.getRuntime().halt(HALTED_STATUS);
                        });
        urls =
                cluster.listen(JdbcUrls.LOOPBACK, 0, false).stream()
                        .map(JdbcUrls::ofLoopbackPort)
                        .toList();
    }

    @Override
    public List<String> urls() {
        return urls;
    }

    @Override
    public String description() {
        return urls.size() + " nodes in this process";
    }

    @Override
    public void close() {
        cluster.close();
    }
}
