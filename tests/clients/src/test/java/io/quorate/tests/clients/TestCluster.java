package io.quorate.tests.clients;

import io.quorate.server.node.LocalCluster;
import io.quorate.server.node.NodeFaults;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Three nodes and the ways to reach them.
final class TestCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Path data;
    private final LocalCluster cluster;
    private final List<Integer> ports;

    TestCluster() throws IOException {
        data = Files.createTempDirectory("quorate-clients");
        cluster =
                LocalCluster.start(
                        3,
                        data,
                        1,
                        NodeFaults.NONE,
                        (node, reason, cause) -> {
                            throw new AssertionError(node + " halts: " + reason, cause);
                        });
        ports = cluster.listen(HOST, 0, true);
    }

    List<Integer> ports() {
        return ports;
    }

    /// Of the first node.
    String url() {
        return url(HOST + ":" + ports.getFirst());
    }

    /// Of several hosts, in the order given.
    String url(List<Integer> hostPorts) {
        return url(
                hostPorts.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(",")));
    }

    private static String url(String hosts) {
        return "jdbc:postgresql://" + hosts + "/quorate";
    }

    Connection connect() throws SQLException {
        return connect(Map.of());
    }

    /// @param properties the driver's
    Connection connect(Map<String, String> properties) throws SQLException {
        return connect(url(), properties);
    }

    Connection connect(String url, Map<String, String> properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "quorate");
        all.putAll(properties);
        return DriverManager.getConnection(url, all);
    }

    @Override
    public void close() throws IOException {
        cluster.close();
        Files.walkFileTree(
                data,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failed) throws IOException {
                        Files.delete(directory);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
