package io.quorate.server.cli;

import io.quorate.common.env.MachineEnv;
import io.quorate.common.env.NodeId;
import io.quorate.server.net.TcpNetwork;
import io.quorate.server.node.NodeFaults;
import io.quorate.server.node.PlantedFault;
import io.quorate.server.node.QuorateNode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quorate node`: one node of a cluster of processes.
@Command(
        name = "node",
        description = "Runs one node; as many as --peers names make a cluster.",
        mixinStandardHelpOptions = true)
final class NodeCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(names = "--id", paramLabel = "N", required = true, description = "its number")
    private int id;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "where its data is kept")
    private Path data = Path.of("");

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            required = true,
            description = "where it listens for the other nodes")
    private String listen = "";

    @Option(
            names = "--peers",
            paramLabel = "1=HOST:PORT,…",
            required = true,
            description = "all nodes of the cluster, this one too; the same on each")
    private String peers = "";

    @Option(
            names = "--pg-host",
            paramLabel = "HOST",
            description = "where it listens for PostgreSQL clients (default: ${DEFAULT-VALUE})",
            defaultValue = "127.0.0.1")
    private String pgHost = "127.0.0.1";

    @Option(
            names = "--pg-port",
            paramLabel = "N",
            description = "its port for PostgreSQL clients (default: ${DEFAULT-VALUE})",
            defaultValue = "5433")
    private int pgPort = 5433;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description =
                    "the cluster's name; nodes of another are refused (default: ${DEFAULT-VALUE})",
            defaultValue = "quorate")
    private String cluster = "quorate";

    @Option(
            names = "--break",
            paramLabel = "FAULT",
            hidden = true,
            description = "break a rule of the database; for the demo's own nodes")
    private @Nullable String fault;

    @Override
    public Integer call() {
        NodeId self = new NodeId(id);
        Map<NodeId, InetSocketAddress> all = Addresses.parsePeers(peers);
        if (!all.containsKey(self)) {
            throw new IllegalStateException("--peers does not name node " + id);
        }
        Map<NodeId, InetSocketAddress> others = new TreeMap<>(all);
        others.remove(self);
        long clusterId = Addresses.clusterId(cluster);
        TcpNetwork network = new TcpNetwork(self, clusterId, Addresses.parse(listen), others);
        MachineEnv env = MachineEnv.of(self, data.toAbsolutePath(), network, new Running());
        network.attach(env);
        QuorateNode node = new QuorateNode(env, clusterId, List.copyOf(all.keySet()), faults());
        node.listen(new InetSocketAddress(pgHost, pgPort));
        Running.awaitAnswer(pgHost.equals("0.0.0.0") ? "127.0.0.1" : pgHost, node.port());
        report(node);
        return Running.untilStopped(() -> {
            node.close();
            network.close();
        });
    }

    private NodeFaults faults() {
        return fault == null ? NodeFaults.NONE : PlantedFault.named(fault).faults();
    }

    private void report(QuorateNode node) {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its spec");
        }
        var out = spec.commandLine().getOut();
        out.printf("Quorate node %d serves PostgreSQL clients at %s:%d%n", id, pgHost, node.port());
        out.flush();
    }
}
