package io.quorate.raftstore.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Runs scenario files and prints their transcripts in the form of the files themselves, so that
/// they can be compared with those of another implementation: `ScenarioRunner FILE...`. The folder
/// a file is in, `quorum`, `confchange` or anything else, tells which commands it uses.
final class ScenarioRunner {
    /// Where the expected output has log text of another implementation, which we do not write.
    private static final Pattern LOG_LINE = Pattern.compile("(?m)^ *(DEBUG|INFO|WARN|ERROR) .*\n");

    private ScenarioRunner() {}

    public static void main(String[] files) throws IOException {
        int different = 0;
        for (String file : files) {
            Path path = Path.of(file);
            Script script = new Script(Files.readString(path));
            List<Script.Outcome> outcomes = script.run(commandsFor(path));
            different += outcomes.stream().anyMatch(o -> !isSame(o)) ? 1 : 0;
            System.out.print(script.rewrite(outcomes));
        }
        System.err.printf("%d of %d files as expected%n", files.length - different, files.length);
    }

    static Script.Handler commandsFor(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && folder.endsWith("quorum")) {
            return new QuorumScript();
        }
        if (folder != null && folder.endsWith("confchange")) {
            return new ConfChangeScript();
        }
        return new InteractionEnv();
    }

    /// Whether a directive gave what it should, log text aside.
    static boolean isSame(Script.Outcome outcome) {
        return withoutLog(outcome.directive().expected()).equals(withoutLog(outcome.actual()));
    }

    private static String withoutLog(String text) {
        String rest = LOG_LINE.matcher(text).replaceAll("");
        return rest.isEmpty() ? "ok\n" : rest;
    }
}
