package io.quorate.server.cli.slt;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `quorate slt [--url …] FILE…`.
@Command(
        name = "slt",
        description = "Runs sqllogictest files against a running server.",
        mixinStandardHelpOptions = true)
public final class SltCommand implements Callable<Integer> {
    private static final int EXIT_FAILED = 1;

    @Option(
            names = "--url",
            description = "Address of the server (default: ${DEFAULT-VALUE}).",
            defaultValue = "postgresql://quorate@127.0.0.1:5433/quorate")
    private String url = "";

    @Option(
            names = "--failures",
            description = "Failures shown for each file (default: ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int failuresShown;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files or folders of them.")
    private List<Path> paths = new ArrayList<>();

    @Spec private CommandSpec spec = CommandSpec.create();

    /// 0 if every record passed, 1 if one failed.
    @Override
    public Integer call() throws IOException, SQLException {
        PrintWriter out = spec.commandLine().getOut();
        long passed = 0;
        long failed = 0;
        try (Connection connection = DriverManager.getConnection(SltUrl.toJdbc(url))) {
            SltRunner runner = new SltRunner(connection, failuresShown);
            for (Path file : files()) {
                SltReport report = run(runner, file);
                print(out, report);
                passed += report.passed();
                failed += report.failed();
            }
        }
        out.println("total: " + passed + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : EXIT_FAILED;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.walk(path)) {
                inside.filter(SltCommand::isScript).sorted().forEach(files::add);
            }
        }
        return files;
    }

    private static boolean isScript(Path path) {
        String name = path.toString();
        return name.endsWith(".test") || name.endsWith(".slt");
    }

    private static SltReport run(SltRunner runner, Path file) throws IOException, SQLException {
        try (Reader source = Files.newBufferedReader(file)) {
            return runner.run(file.toString(), source);
        }
    }

    private static void print(PrintWriter out, SltReport report) {
        out.println(report.summary());
        for (SltReport.Failure failure : report.failures()) {
            out.println("  line " + failure.line() + ": " + failure.reason());
            out.println("    " + failure.sql().replace("\n", "\n    "));
        }
        out.flush();
    }
}
