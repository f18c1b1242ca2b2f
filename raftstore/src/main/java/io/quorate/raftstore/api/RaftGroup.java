package io.quorate.raftstore.api;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;

/// One replica of a group on this store. All methods may be called from any thread and return at
/// once; promises are completed by the store's loops.
public interface RaftGroup {
    GroupId id();

    /// Proposes an entry if this replica leads in exactly `expectedTerm`: what the caller read of
    /// the state while leading in that term is then still true when the entry is applied, save for
    /// entries proposed in between. The data is not empty: an empty entry is the leader's own.
    Promise<ProposeResult> propose(long expectedTerm, ByteSlice data);

    /// Completes once it is safe to read from the state applied here: a majority confirmed the
    /// leader after this call, and everything committed by then is applied.
    Promise<ReadResult> readIndex();

    /// Proposes another membership, if this replica leads in exactly `expectedTerm`. Completes when the
    /// change took effect here; one of several members then still passes through a time in which the
    /// old and the new voters must agree, seen in [#status()]. Refused as
    /// [ProposeResult.Busy] while another change is under way.
    Promise<ProposeResult> changeMembers(long expectedTerm, MemberChange change);

    /// Asks the leader to hand over to `target`. A wish, seen in [#status()] when it came true.
    void transferLeadership(NodeId target);

    GroupStatus status();
}
