package io.quorate.server.cli;

import io.quorate.server.node.LocalCluster;
import io.quorate.server.node.NodeFaults;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quorate start`: a whole cluster in this process.
@Command(
        name = "start",
        description = "Runs three nodes in this process.",
        mixinStandardHelpOptions = true)
final class StartCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 5433;
    private static final String HOST = "127.0.0.1";

    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where data is kept (default: ${DEFAULT-VALUE})",
            defaultValue = "quorate-data")
    private Path data = Path.of("quorate-data");

    @Option(
            names = "--pg-port",
            paramLabel = "N",
            description =
                    "port of the first node for PostgreSQL clients; the others take the next ones"
                            + " (default: the first free ones from 5433)")
    private @Nullable Integer pgPort;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "how many nodes (default: ${DEFAULT-VALUE})",
            defaultValue = "3")
    private int nodes = 3;

    @Override
    public Integer call() {
        if (nodes < 1 || nodes > 7) {
            throw new IllegalStateException("--nodes is 1 to 7, not " + nodes);
        }
        LocalCluster cluster =
                LocalCluster.start(
                        nodes,
                        data.toAbsolutePath(),
                        Addresses.clusterId("local"),
                        NodeFaults.NONE,
                        new Running());
        Integer wanted = pgPort;
        List<Integer> ports;
        try {
            ports = cluster.listen(HOST, wanted == null ? DEFAULT_PORT : wanted, wanted != null);
            ports.forEach(port -> Running.awaitAnswer(HOST, port));
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
        report(ports);
        return Running.untilStopped(cluster);
    }

    private void report(List<Integer> ports) {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its spec");
        }
        String hosts =
                ports.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
        var out = spec.commandLine().getOut();
        out.printf("Quorate runs: %d nodes, data in %s%n", ports.size(), data);
        out.printf("  psql -h %s -p %d -U quorate%n", HOST, ports.getFirst());
        out.printf("  jdbc:postgresql://%s/quorate?user=quorate%n", hosts);
        out.println("Ctrl-C stops it.");
        out.flush();
    }
}
