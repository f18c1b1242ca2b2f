package io.quorate.server.demo;

import io.quorate.server.node.PlantedFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Nodes as `quorate node` processes of this machine, run by the JVM and the class path of this one.
/// What a node says goes to `node-N.log` beside its data.
public final class NodeProcesses implements BankCluster {
    private static final Logger log = LoggerFactory.getLogger(NodeProcesses.class);
    private static final String HEAP = "-Xmx512m";
    private static final long READY_SECONDS = 90;
    private static final long END_SECONDS = 10;

    private final String mainClass;
    private final Path data;
    private final @Nullable PlantedFault fault;
    private final List<Integer> peerPorts;
    private final List<Integer> pgPorts;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final Thread onExit = Thread.ofPlatform().name("end-nodes").unstarted(this::endAll);

    /// Starts `count` nodes and waits until each answers SQL.
    ///
    /// @param mainClass the class whose `node` command runs a node
    public NodeProcesses(String mainClass, int count, Path data, @Nullable PlantedFault fault) {
        this.mainClass = mainClass;
        this.data = data;
        this.fault = fault;
        try {
            Files.createDirectories(data);
            List<Integer> ports = FreePorts.take(2 * count);
            peerPorts = ports.subList(0, count);
            pgPorts = ports.subList(count, 2 * count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            IntStream.range(0, count).forEach(index -> processes.add(launch(index)));
            IntStream.range(0, count).forEach(this::awaitReady);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    @Override
    public List<String> urls() {
        return pgPorts.stream().map(JdbcUrls::ofLoopbackPort).toList();
    }

    @Override
    public String description() {
        return pgPorts.size() + " node processes, data and logs in " + data;
    }

    /// Kills a node as `kill -9` does and waits for its end.
    public void kill(int index) {
        Process process = processes.get(index);
        process.destroyForcibly();
        awaitEnd(process);
    }

    /// Starts a killed node again, without waiting for it.
    public void restart(int index) {
        processes.set(index, launch(index));
    }

    /// Waits until the node answers SQL.
    public void awaitReady(int index) {
        try {
            JdbcUrls.awaitRow(urls().get(index), "SELECT 1", READY_SECONDS);
        } catch (IllegalStateException notReady) {
            throw new IllegalStateException(
                    notReady.getMessage() + "; its log is " + logOf(index), notReady);
        }
    }

    @Override
    public void close() {
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException alreadyEnding) {
            log.debug("the hook runs and ends the same processes", alreadyEnding);
        }
    }

    private Process launch(int index) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        HEAP,
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(nodeArguments(index));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logOf(index).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> nodeArguments(int index) {
        int id = index + 1;
        String peers =
                IntStream.range(0, peerPorts.size())
                        .mapToObj(i -> (i + 1) + "=" + JdbcUrls.LOOPBACK + ":" + peerPorts.get(i))
                        .collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("node", "--id", String.valueOf(id)));
        arguments.addAll(List.of("--data", data.resolve("node-" + id).toString()));
        arguments.addAll(List.of("--listen", JdbcUrls.LOOPBACK + ":" + peerPorts.get(index)));
        arguments.addAll(List.of("--peers", peers));
        arguments.addAll(List.of("--pg-port", String.valueOf(pgPorts.get(index))));
        if (fault != null) {
            arguments.addAll(List.of("--break", fault.optionName()));
        }
        return arguments;
    }

    private Path logOf(int index) {
        return data.resolve("node-" + (index + 1) + ".log");
    }

    private void endAll() {
        List<Process> running = List.copyOf(processes);
        running.forEach(Process::destroyForcibly);
        running.forEach(NodeProcesses::awaitEnd);
    }

    private static void awaitEnd(Process process) {
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
