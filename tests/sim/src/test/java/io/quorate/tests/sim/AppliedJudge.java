package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.CommittedEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Sees every entry that any replica applies, in all its lives, and judges state machine safety: no
/// two replicas ever apply different entries at one index, and what was once applied is never taken
/// back. Stands outside of the simulated world.
final class AppliedJudge {
    private final List<CommittedEntry> entries = new ArrayList<>();
    private final Set<ByteSlice> commands = new HashSet<>();
    private final Map<NodeId, Long> appliedIndexes = new TreeMap<>();

    /// `node` applies that entry.
    void applies(NodeId node, CommittedEntry entry) {
        appliedIndexes.put(node, entry.index());
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

    /// The index up to which somebody has applied.
    long highestIndex() {
        return entries.size();
    }

    /// Every one of the nodes has applied up to that index.
    boolean allApplied(List<NodeId> nodes, long index) {
        return nodes.stream().allMatch(node -> appliedIndexes.getOrDefault(node, 0L) >= index);
    }

    boolean wasApplied(RegisterProtocol.Request command) {
        return commands.contains(RegisterProtocol.encode(command));
    }
}
