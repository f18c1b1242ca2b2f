package io.quorate.txn.commit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.InvariantBroken;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.model.TextScript;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitMachineTest {
    @ParameterizedTest
    @ValueSource(strings = {"two-phases", "one-phase", "unanswered"})
    void behavesAsWritten(String script) throws IOException {
        Commands commands = new Commands();
        TextScript.run("io/quorate/txn/commit/" + script + ".txt", commands::execute);
    }

    @Test
    void aTimestampBeforeAMinimumIsNeverUsed() {
        CommitMachine machine = new CommitMachine(new Timestamp(10), Timestamp.MAX, false);
        machine.prewritten(new Timestamp(31));
        assertThatThrownBy(() -> machine.drawn(new Timestamp(30)))
                .isInstanceOf(InvariantBroken.class);
    }

    /// The words of the scripts: `new one|two START MAX`, then what happened. Each prints what is to be
    /// done next.
    private static final class Commands {
        private CommitMachine machine = new CommitMachine(Timestamp.ZERO, Timestamp.MAX, false);

        String execute(String line) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "new" ->
                        machine =
                                new CommitMachine(
                                        at(words[2]), at(words[3]), words[1].equals("one"));
                case "prewritten" -> machine.prewritten(at(words[1]));
                case "foundCommitted" -> machine.foundCommitted(at(words[1]));
                case "cannotPrewriteAtOnce" -> machine.cannotPrewriteAtOnce();
                case "prewriteAtOnceUnanswered" -> machine.prewriteAtOnceUnanswered();
                case "conflict" ->
                        machine.refused(new AbortReason.Conflict(ByteSlice.utf8(words[1])));
                case "unreachable" -> machine.refused(new AbortReason.Unreachable("no leader"));
                case "drawn" -> machine.drawn(at(words[1]));
                case "primaryCommitted" -> machine.primaryCommitted();
                case "commitTooEarly" -> machine.commitTooEarly(at(words[1]));
                case "primaryGone" -> machine.primaryGone();
                case "commitUnanswered" -> machine.commitUnanswered();
                case "primaryEnded" -> machine.primaryEnded();
                case "endUnanswered" -> machine.endUnanswered("no leader");
                default -> throw new IllegalArgumentException("no such command: " + line);
            }
            return machine.next().toString();
        }

        private static Timestamp at(String word) {
            return word.equals("max") ? Timestamp.MAX : new Timestamp(Long.parseLong(word));
        }
    }
}
