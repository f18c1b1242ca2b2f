package io.quorate.sim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another JVM with this one's class path. What differs between two JVMs and not between two runs in
/// one (the order of `Set.of`, identity hashes) must not have a say in a run: a test shows that by
/// comparing the hashes that a main method prints there with those it gets here.
public final class SecondJvm {
    private SecondJvm() {}

    /// Runs the main method of a class; returns the lines it printed.
    public static List<String> run(Class<?> main, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        }
        int code = exitCode(process);
        if (code != 0) {
            throw new AssertionError(main.getName() + " ended with " + code + " after " + lines);
        }
        return lines;
    }

    private static int exitCode(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a second JVM runs", e);
        }
    }
}
