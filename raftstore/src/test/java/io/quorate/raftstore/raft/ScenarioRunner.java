package io.quorate.raftstore.raft;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Runs scenario files and prints their transcripts in the form of the files themselves, so that
/// they can be compared with those of another implementation: `ScenarioRunner FILE...`. The folder
/// a file is in, `quorum`, `confchange` or anything else, tells which commands it uses. Where the
/// output differs from what the file expects is told on the error stream, by line.
final class ScenarioRunner {
    /// Where the expected output has log text of another implementation, which we do not write.
    private static final Pattern LOG_LINE = Pattern.compile("(?m)^ *(DEBUG|INFO|WARN|ERROR) .*\n");

    private ScenarioRunner() {}

    public static void main(String[] files) throws IOException {
        int sameStates = 0;
        int sameText = 0;
        int compared = 0;
        for (String file : files) {
            Path path = Path.of(file);
            Script script = new Script(Files.readString(path));
            Script.Handler commands = commandsFor(path);
            List<Script.Outcome> outcomes = script.run(commands);
            List<String> differences = List.of();
            if (commands instanceof StateWitness witness) {
                differences = witness.differences();
                compared += witness.compared();
            }
            System.out.print(script.rewrite(outcomes));
            differences.forEach(each -> System.err.println(file + " " + each));
            outcomes.stream()
                    .filter(outcome -> !isSame(outcome))
                    .forEach(each -> System.err.println(file + ":" + each.directive().line()));
            sameStates += differences.isEmpty() ? 1 : 0;
            sameText += outcomes.stream().allMatch(ScenarioRunner::isSame) ? 1 : 0;
        }
        System.err.printf(
                "%d files; the %d states told in log text the same: %d; output the same: %d%n",
                files.length, compared, sameStates, sameText);
    }

    static Script.Handler commandsFor(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && folder.endsWith("quorum")) {
            return new QuorumScript();
        }
        if (folder != null && folder.endsWith("confchange")) {
            return new ConfChangeScript();
        }
        return new StateWitness();
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
