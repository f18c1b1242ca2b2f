/// The Raft algorithm as a pure state machine: inputs go in, a [Ready] comes out.
///
/// One [Raft] object is one replica of one group. It knows neither clock nor disk nor network nor
/// threads nor chance, and never logs; whoever drives it owns all of these. The driver's loop:
///
/// ```
/// raft.tick() | raft.step(message) | raft.propose(...) | raft.readIndex(context) | ...
/// if (raft.hasReady()) {
///     Ready ready = raft.ready();
///     send(ready.messages());                       // at once, before anything is written
///     write(ready.snapshot(), ready.entries(), ready.hardState());   // in order, one record
///     apply(ready.committed());
///     // when this write and all before it are durable:
///     for (Message m : ready.gated()) { if (m.to() == raft.id()) raft.step(m); else send(m); }
///     if (ready.snapshot() != null) raft.snapshotDurable(ready.snapshot().index());
///     if (ready.logMark() != null) raft.logDurable(mark.leaderTerm(), mark.index());
///     // when the committed entries have been applied (applyConfChange for membership entries):
///     raft.applied(lastAppliedIndex);
/// }
/// ```
///
/// Several Readys may be under way at once; their writes become durable, and their committed
/// entries are applied, in the order in which they were taken.
///
/// The algorithm is that of Ongaro's thesis (Consensus: Bridging Theory and Practice, 2014) with
/// the refinements the field has settled on: pre-vote and check-quorum (9.6), leader transfer
/// (3.10), joint consensus with learners (4.2, 4.3), ReadIndex (6.4), and hints that let a leader
/// skip whole terms of a diverged log.
@NullMarked
package io.quorate.raftstore.raft;

import org.jspecify.annotations.NullMarked;
