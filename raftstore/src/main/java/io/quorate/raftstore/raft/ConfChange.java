package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;

/// A change of membership: the payload of an entry of kind [EntryKind#CONF_CHANGE].
///
/// With one change the members switch directly; with several the group passes through a joint
/// configuration, in which both the old and the new majority must agree (thesis, 4.3). The change
/// without changes and with [Transition#AUTO] leaves a joint configuration.
///
/// @param context bytes for the proposer, not looked at here
public record ConfChange(Transition transition, List<Change> changes, ByteSlice context) {

    /// How to get from the old to the new membership. The ordinal is persisted.
    public enum Transition {
        /// Directly if one change allows it, else through a joint configuration left automatically.
        AUTO,
        /// Always joint, left automatically.
        JOINT_IMPLICIT,
        /// Always joint, left only by an explicit change.
        JOINT_EXPLICIT
    }

    /// What happens to one peer. The ordinal is persisted.
    public enum ChangeKind {
        ADD_VOTER,
        REMOVE,
        /// Changes nothing here; carries `context` through the log in order with real changes.
        UPDATE,
        ADD_LEARNER
    }

    /// @param peer who is changed; a change of [Raft#NONE] is skipped
    public record Change(ChangeKind kind, long peer) {}

    /// The change that leaves a joint configuration.
    public static final ConfChange LEAVE_JOINT =
            new ConfChange(Transition.AUTO, List.of(), ByteSlice.EMPTY);

    public ConfChange {
        changes = List.copyOf(changes);
    }

    /// A change of one peer, taking effect directly.
    public static ConfChange of(ChangeKind kind, long peer) {
        return new ConfChange(Transition.AUTO, List.of(new Change(kind, peer)), ByteSlice.EMPTY);
    }

    /// Whether this enters a joint configuration.
    public boolean entersJoint() {
        return transition != Transition.AUTO || changes.size() > 1;
    }

    /// Whether this leaves a joint configuration.
    public boolean leavesJoint() {
        return transition == Transition.AUTO && changes.isEmpty();
    }

    /// The payload of the entry: empty for a bare [#leavesJoint()], else version byte, transition,
    /// number of changes, each change as kind and peer id (big-endian), then the context.
    public ByteSlice encode() {
        return ConfChangeCodec.encode(this);
    }

    /// Reads what [#encode()] wrote; throws [IllegalArgumentException] on anything else.
    public static ConfChange decode(ByteSlice data) {
        return ConfChangeCodec.decode(data);
    }
}
