package io.quorate.raftstore.api;

import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import java.util.ArrayList;
import java.util.List;

/// What is to become of members. With more than one part the group passes from the old voters to the
/// new ones through a time in which both majorities must agree, and leaves it by itself.
public record MemberChange(List<Part> parts) {
    /// What becomes of one node.
    public record Part(Kind kind, NodeId node) {}

    /// A learner replicates without voting; a voter that becomes a learner votes no more.
    public enum Kind {
        ADD_LEARNER,
        ADD_VOTER,
        REMOVE
    }

    public MemberChange {
        parts = List.copyOf(parts);
        Check.that(!parts.isEmpty(), "a change changes something");
    }

    /// Whether some node may be new to the group by it.
    public boolean adds() {
        return parts.stream().anyMatch(part -> part.kind() != Kind.REMOVE);
    }

    public static MemberChange addLearner(NodeId node) {
        return new MemberChange(List.of(new Part(Kind.ADD_LEARNER, node)));
    }

    /// Makes a learner a voter.
    public static MemberChange promote(NodeId node) {
        return new MemberChange(List.of(new Part(Kind.ADD_VOTER, node)));
    }

    public static MemberChange remove(NodeId node) {
        return new MemberChange(List.of(new Part(Kind.REMOVE, node)));
    }

    /// Makes a learner a voter and removes a voter in one.
    public static MemberChange replace(NodeId old, NodeId learner) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(Kind.ADD_VOTER, learner));
        parts.add(new Part(Kind.REMOVE, old));
        return new MemberChange(parts);
    }
}
