package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Replays scenario files of another implementation, where they are at hand: in the folder
/// `raft-scenarios` of `-Dquorate.shared=FOLDER`, or of a folder `shared` here or further up.
class SharedScenarioTest {

    @Test
    void quorumScriptsGiveTheSame() throws IOException {
        assertThat(differences("quorum")).isEmpty();
    }

    @Test
    void confChangeScriptsGiveTheSame() throws IOException {
        assertThat(differences("confchange")).isEmpty();
    }

    @Test
    void interactionScriptsGiveTheSameButForLogText() throws IOException {
        assertThat(differences("interaction")).isEmpty();
    }

    private static List<String> differences(String kind) throws IOException {
        Path folder = folder(kind);
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
        assertThat(files).as("scenarios in %s", folder).isNotEmpty();
        List<String> differences = new ArrayList<>();
        for (Path file : files) {
            Script script = new Script(Files.readString(file));
            Script.Handler commands = ScenarioRunner.commandsFor(file);
            List<Script.Outcome> outcomes = script.run(commands);
            if (commands instanceof StateWitness witness) {
                differences.addAll(witness.differences());
            }
            for (Script.Outcome outcome : outcomes) {
                boolean same =
                        kind.equals("interaction")
                                ? ScenarioRunner.isSame(outcome)
                                : outcome.actual().equals(outcome.directive().expected());
                if (!same) {
                    differences.add(
                            "%s:%d: %s%nexpected%n%sbut was%n%s"
                                    .formatted(
                                            file.getFileName(),
                                            outcome.directive().line(),
                                            outcome.directive().command(),
                                            outcome.directive().expected(),
                                            outcome.actual()));
                }
            }
        }
        return differences;
    }

    private static Path folder(String kind) {
        String named = System.getProperty("quorate.shared");
        @Nullable Path shared = named == null ? nearestShared() : Path.of(named);
        boolean there = shared != null && Files.isDirectory(shared.resolve("raft-scenarios"));
        if (!there) {
            System.out.printf(
                    "SKIPPED: no raft-scenarios/%s to replay; see %s%n",
                    kind, SharedScenarioTest.class.getSimpleName());
        }
        Assumptions.assumeTrue(there, "no shared raft-scenarios here");
        return java.util.Objects.requireNonNull(shared).resolve("raft-scenarios").resolve(kind);
    }

    private static @Nullable Path nearestShared() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null) {
            Path shared = here.resolve("shared");
            if (Files.isDirectory(shared.resolve("raft-scenarios"))) {
                return shared;
            }
            here = here.getParent();
        }
        return null;
    }
}
