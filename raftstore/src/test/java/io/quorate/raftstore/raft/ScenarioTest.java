package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our own scenarios, the readable specification of the core. `-Dregenerate=true` writes the files
/// anew; read the difference before keeping it.
class ScenarioTest {
    static final Path SCENARIOS = Path.of("src/test/resources/raft/scenarios");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void transcriptIsAsWritten(Path file) throws IOException {
        String text = Files.readString(file);
        Script script = new Script(text);
        String transcript = script.rewrite(script.run(ScenarioRunner.commandsFor(file)));
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(file, transcript);
        } else {
            assertThat(transcript).as(file.toString()).isEqualTo(text);
        }
    }

    @Test
    void witnessSeesADifference() {
        String text = "add-nodes 1 voters=(1) index=3\n----\nINFO 1 became leader at term 7\n";
        StateWitness witness = new StateWitness();
        new Script(text).run(witness);
        assertThat(witness.differences()).containsExactly("line 1: leader7, ours follower0");
    }

    @Test
    void runnerSeesADifference() {
        Script script = new Script("vote cfg=(1) votes=(y)\n----\nVoteLost\n");
        List<Boolean> same = new ArrayList<>();
        script.run(new QuorumScript()).forEach(o -> same.add(ScenarioRunner.isSame(o)));
        assertThat(same).containsExactly(false);
    }
}
