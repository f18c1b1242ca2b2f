package io.quorate.raftstore.raft;

/// What became of a proposal.
public sealed interface ProposeOutcome {

    /// It is in this leader's log; it will be committed at these places or, if leadership is lost,
    /// perhaps not at all: it is committed exactly if the entry applied at `firstIndex` has `term`.
    record Appended(long term, long firstIndex) implements ProposeOutcome {}

    /// It was passed on to the leader; nothing is known about its fate.
    record Forwarded(long leader) implements ProposeOutcome {}

    /// It was not taken and left no trace.
    record Refused(Reason reason) implements ProposeOutcome {}

    enum Reason {
        /// This replica does not lead and could not, or may not, pass the proposal on.
        NO_LEADER,
        /// Leadership is being handed over; try again, most likely elsewhere.
        TRANSFERRING,
        /// Too many bytes are proposed and not yet committed; try again later.
        TOO_MUCH_UNCOMMITTED,
        /// This leader was removed from its group.
        NOT_A_MEMBER,
        /// An earlier membership change is not applied yet, or the change does not fit the current
        /// configuration (joint where it must not be, or the other way round).
        CONF_CHANGE_REFUSED
    }
}
