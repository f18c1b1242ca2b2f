package io.quorate.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.cli.QuorateCommand;
import io.quorate.server.demo.NodeProcesses;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three `quorate node` processes.
final class ProcessClusterTest {
    private static final String MAIN = QuorateCommand.class.getName();
    private static final int NODES = 3;
    private static final int ROUNDS = Boolean.getBoolean("quorate.full") ? 6 : 1;
    private static final int ACKNOWLEDGED_MIN = Boolean.getBoolean("quorate.full") ? 2_000 : 200;

    @TempDir private Path directory = Path.of("");

    @Test
    void twoOfThreeGoOnAndTheThirdCatchesUp() throws SQLException {
        try (NodeProcesses nodes = new NodeProcesses(MAIN, NODES, directory, null)) {
            List<String> urls = nodes.urls();
            Sql.execute(urls.getFirst(), "CREATE TABLE t (id BIGINT PRIMARY KEY)");
            List<Long> expected = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                Sql.execute(urls.get(node), "INSERT INTO t VALUES (" + node + ")");
                expected.add((long) node);
            }
            for (String url : urls) {
                assertThat(idsAt(url)).isEqualTo(expected);
            }
            for (int victim = 0; victim < NODES; victim++) {
                killAndReturn(nodes, victim, expected);
            }
        }
    }

    /// Each survivor takes a write; the victim then shows it.
    private static void killAndReturn(NodeProcesses nodes, int victim, List<Long> expected) {
        nodes.kill(victim);
        for (int survivor = 0; survivor < NODES; survivor++) {
            if (survivor != victim) {
                long id = expected.size();
                insertOnce(nodes.urls().get(survivor), id);
                expected.add(id);
            }
        }
        nodes.restart(victim);
        Await.until(
                "node " + (victim + 1) + " shows what it missed",
                () -> idsAt(nodes.urls().get(victim)).equals(expected));
    }

    /// While the others elect leaders anew an attempt may fail; one that failed may have happened.
    private static void insertOnce(String url, long id) {
        Await.until(
                "row " + id + " is written",
                () -> {
                    Sql.execute(url, "INSERT INTO t VALUES (" + id + ") ON CONFLICT DO NOTHING");
                    return true;
                });
    }

    @Test
    void killingAllNodesLosesNoAcknowledgedRow() throws SQLException {
        try (NodeProcesses nodes = new NodeProcesses(MAIN, NODES, directory, null)) {
            Sql.execute(nodes.urls().getFirst(), "CREATE TABLE t (id BIGINT PRIMARY KEY)");
            List<Long> acknowledged = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                acknowledged.addAll(writeUntilAllAreKilled(nodes, round));
                IntStream.range(0, NODES).forEach(nodes::restart);
                IntStream.range(0, NODES).forEach(nodes::awaitReady);
                for (String url : nodes.urls()) {
                    assertThat(idsAt(url)).containsAll(acknowledged);
                }
            }
        }
    }

    private static List<Long> writeUntilAllAreKilled(NodeProcesses nodes, int round) {
        List<Inserter> writers = new ArrayList<>();
        for (String url : nodes.urls()) {
            long firstId = (round * NODES + writers.size()) * 1_000_000_000L;
            writers.add(Inserter.start(url, firstId));
        }
        Await.until(
                ACKNOWLEDGED_MIN + " rows are acknowledged",
                () -> writers.stream().mapToLong(Inserter::count).sum() >= ACKNOWLEDGED_MIN);
        IntStream.range(0, NODES).forEach(nodes::kill);
        return writers.stream().flatMap(writer -> writer.acknowledged().stream()).toList();
    }

    private static List<Long> idsAt(String url) throws SQLException {
        return Sql.longs(url, "SELECT id FROM t ORDER BY id");
    }
}
