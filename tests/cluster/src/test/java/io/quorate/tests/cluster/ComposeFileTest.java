package io.quorate.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.demo.FreePorts;
import io.quorate.server.demo.JdbcUrls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `Dockerfile` and `docker-compose.yml` say, run as processes of this machine: the same
/// commands with loopback ports for their hosts and temporary directories for their volumes.
final class ComposeFileTest {
    private static final Path TOP = top();
    private static final Pattern ENTRYPOINT =
            Pattern.compile("ENTRYPOINT \\[(.*?)]", Pattern.DOTALL);
    private static final Pattern SERVICE =
            Pattern.compile("\\n {2}(n\\d):\\s+build:.*?command: \\[(.*?)]", Pattern.DOTALL);
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
    private static final String PEER_PORT = ":7433";
    private static final String VOLUME = "/var/lib/quorate";
    private static final long READY_SECONDS = 90;

    @TempDir private Path directory = Path.of("");

    @Test
    void composedServicesAreACluster() throws IOException, SQLException {
        List<String> entrypoint = entrypoint();
        Map<String, List<String>> services = services();
        assertThat(services).containsOnlyKeys("n1", "n2", "n3");
        List<Integer> ports = FreePorts.take(2 * services.size());
        Map<String, Integer> peerPorts = new TreeMap<>();
        services.keySet().forEach(name -> peerPorts.put(name, ports.get(peerPorts.size())));
        List<String> urls = new ArrayList<>();
        List<Process> processes = new ArrayList<>();
        try {
            for (Map.Entry<String, List<String>> service : services.entrySet()) {
                int pgPort = ports.get(services.size() + urls.size());
                urls.add(JdbcUrls.ofLoopbackPort(pgPort));
                List<String> command = new ArrayList<>(entrypoint);
                command.addAll(
                        onThisMachine(service.getKey(), service.getValue(), peerPorts, pgPort));
                processes.add(start(service.getKey(), command));
            }
            assertTheyShareTheirData(urls);
        } finally {
            processes.forEach(Process::destroyForcibly);
            processes.forEach(process -> process.onExit().join());
        }
    }

    private static void assertTheyShareTheirData(List<String> urls) throws SQLException {
        urls.forEach(url -> JdbcUrls.awaitRow(url, "SELECT 1", READY_SECONDS));
        Sql.execute(urls.getFirst(), "CREATE TABLE t (id BIGINT PRIMARY KEY)");
        Sql.execute(urls.getFirst(), "INSERT INTO t VALUES (42)");
        for (String url : urls) {
            assertThat(Sql.longs(url, "SELECT id FROM t")).containsExactly(42L);
        }
    }

    /// The image's JVM and library folder become this test's.
    private static List<String> entrypoint() throws IOException {
        Matcher matcher = ENTRYPOINT.matcher(Files.readString(TOP.resolve("Dockerfile")));
        assertThat(matcher.find()).isTrue();
        List<String> command = quoted(matcher.group(1));
        assertThat(command).contains("java", "/opt/quorate/lib/*");
        command.replaceAll(word ->
                switch (word) {
                    case "java" -> Path.of(System.getProperty("java.home"), "bin/java").toString();
                    case "/opt/quorate/lib/*" -> System.getProperty("java.class.path");
                    default -> word;
                });
        return command;
    }

    private static Map<String, List<String>> services() throws IOException {
        Matcher matcher = SERVICE.matcher(Files.readString(TOP.resolve("docker-compose.yml")));
        Map<String, List<String>> services = new TreeMap<>();
        while (matcher.find()) {
            services.put(matcher.group(1), quoted(matcher.group(2)));
        }
        return services;
    }

    private static List<String> quoted(String text) {
        return new ArrayList<>(QUOTED.matcher(text).results().map(word -> word.group(1)).toList());
    }

    private List<String> onThisMachine(
            String service, List<String> command, Map<String, Integer> peerPorts, int pgPort) {
        List<String> changed = new ArrayList<>();
        for (String word : command) {
            String here = word.replace("0.0.0.0" + PEER_PORT, service + PEER_PORT);
            for (Map.Entry<String, Integer> peer : peerPorts.entrySet()) {
                here = here.replace(peer.getKey() + PEER_PORT, "127.0.0.1:" + peer.getValue());
            }
            here = here.replace("0.0.0.0", "127.0.0.1");
            here = here.replace(VOLUME, directory.resolve(service).toString());
            changed.add(here.equals("5433") ? String.valueOf(pgPort) : here);
        }
        return changed;
    }

    private Process start(String service, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(service + ".log").toFile())
                .start();
    }

    /// The folder above the modules.
    private static Path top() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docker-compose.yml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new AssertionError("no docker-compose.yml above the working directory");
            }
            folder = parent;
        }
        return folder;
    }
}
