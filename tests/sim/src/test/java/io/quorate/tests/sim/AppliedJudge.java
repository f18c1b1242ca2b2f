package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.CommittedEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Sees every entry that any replica applies, in all its lives, and judges state machine safety: no
/// two replicas ever apply different entries at one index, and what was once applied is never taken
/// back. Stands outside of the simulated world.
final class AppliedJudge {
    private final List<CommittedEntry> entries = new ArrayList<>();
    private final Set<ByteSlice> commands = new HashSet<>();

    /// `node` applies that entry.
    void applies(NodeId node, CommittedEntry entry) {
        int place = Math.toIntExact(entry.index() - 1);
        if (place < entries.size()) {
            if (!entries.get(place).equals(entry)) {
                throw new AssertionError(
                        node + " applies " + entry + " where " + entries.get(place) + " was");
            }
            return;
        }
        Check.that(place == entries.size(), "entries are applied without gaps");
        entries.add(entry);
        if (!entry.data().isEmpty() && !commands.add(entry.data())) {
            throw new AssertionError(node + " applies a second time: " + entry);
        }
    }

    /// How many entries were applied by somebody.
    int count() {
        return entries.size();
    }

    boolean wasApplied(RegisterProtocol.Request command) {
        return commands.contains(RegisterProtocol.encode(command));
    }
}
