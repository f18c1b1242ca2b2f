package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.GroupStatus;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionReply;
import io.quorate.region.command.WriteCommand;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs commands on the leader.
///
/// A command takes the latches of its keys, reads a snapshot, decides, and proposes what it writes as
/// one entry **in the term in which it read**. If that entry is taken, nobody else wrote in between:
/// not here, because of the latches, and not elsewhere, because there was no other leader. The
/// latches are held until the entry's fate in this term is known, longer than the request waits if
/// need be.
///
/// A command that writes nothing proposes nothing. Its verdict is then only as good as the snapshot,
/// so before it is told, a majority confirms that this replica still leads. The same is enough for a
/// command that may be answered early: its latches keep everybody else away until its entry is
/// applied, and nobody waits for the disks.
final class WritePipeline {
    private final ReplicaContext context;
    private final RaftGroup group;
    private final RegionMachine machine;
    private final Routing routing;
    private final Leadership leadership;
    private final ReadGuard guard;
    private final LockWaiters waiters;
    private final Latches latches = new Latches();

    WritePipeline(
            ReplicaContext context,
            RaftGroup group,
            RegionMachine machine,
            Routing routing,
            Leadership leadership,
            ReadGuard guard,
            LockWaiters waiters) {
        this.context = context;
        this.group = group;
        this.machine = machine;
        this.routing = routing;
        this.leadership = leadership;
        this.guard = guard;
        this.waiters = waiters;
    }

    /// What came of one try.
    sealed interface Try {
        record Replied(RegionReply reply) implements Try {}

        /// Another transaction's lock is in the way and the command may wait for it.
        record MustWait(KeyError.Locked locked, LockWaiters.Waiter waiter) implements Try {}
    }

    RegionReply run(RegionHeader header, WriteCommand command, Deadline deadline) {
        Attempt attempt = new Attempt(header, command.keys(), deadline, false, null);
        return replyOf(attempt.run(_ -> command));
    }

    /// Runs a one-phase commit: its command needs the newest read timestamp, taken after readers can
    /// see that its keys are about to change.
    RegionReply runOnePhase(
            RegionHeader header,
            List<ByteSlice> keys,
            Function<Timestamp, WriteCommand> command,
            Deadline deadline) {
        return replyOf(new Attempt(header, keys, deadline, true, null).run(command));
    }

    /// Runs a command once, standing in line under the latches if a lock is in its way.
    ///
    /// @param mayWait whether it stands in line, and if so whether in front
    Try tryOnce(RegionHeader header, WriteCommand command, Deadline deadline, Line mayWait) {
        return new Attempt(header, command.keys(), deadline, false, mayWait).run(_ -> command);
    }

    /// What a command comes to while it holds its latches.
    private sealed interface Decision {
        record Refused(RegionError error) implements Decision {}

        record InLine(KeyError.Locked locked, LockWaiters.Waiter waiter) implements Decision {}

        record Unchanged(RegionReply.Answer reply, Leadership.Reign reign) implements Decision {}

        /// The latches are kept until the fate is known.
        record Proposed(
                Promise<ProposeResult> fate,
                RegionReply.Answer reply,
                Leadership.Reign reign,
                boolean answeredEarly)
                implements Decision {}
    }

    /// Where a command stands in line for a lock.
    enum Line {
        FRONT,
        BACK
    }

    private static RegionReply replyOf(Try result) {
        return switch (result) {
            case Try.Replied replied -> replied.reply();
            case Try.MustWait _ -> throw Check.unreachable("only who may wait must wait");
        };
    }

    /// What a command wants, and whether it may say so before it is done.
    private record Judged(WriteCommand.Outcome outcome, boolean answeredEarly) {}

    /// One run of a command from its latches to its answer.
    private final class Attempt {
        private final RegionHeader header;
        private final List<ByteSlice> keys;
        private final Deadline deadline;
        private final boolean onePhase;
        private final @Nullable Line mayWait;
        private ReadGuard.@Nullable Publication publication;

        Attempt(
                RegionHeader header,
                List<ByteSlice> keys,
                Deadline deadline,
                boolean onePhase,
                @Nullable Line mayWait) {
            this.header = header;
            this.keys = keys;
            this.deadline = deadline;
            this.onePhase = onePhase;
            this.mayWait = mayWait;
        }

        Try run(Function<Timestamp, WriteCommand> command) {
            context.metrics().commands().increment();
            RegionError refusal = refusal();
            if (refusal != null) {
                return new Try.Replied(refusal);
            }
            Env env = context.env();
            Latches.Holding latch = latches.acquire(env, keys, deadline.leftNanos());
            if (latch == null) {
                return new Try.Replied(
                        new RegionError.ServerBusy("other requests work on the keys"));
            }
            Decision decision = null;
            try {
                decision = decide(command);
            } finally {
                if (!(decision instanceof Decision.Proposed)) {
                    finish(latch);
                }
            }
            return switch (decision) {
                case Decision.Refused refused -> new Try.Replied(refused.error());
                case Decision.InLine inLine -> new Try.MustWait(inLine.locked(), inLine.waiter());
                case Decision.Unchanged unchanged ->
                        new Try.Replied(confirmed(unchanged.reply(), unchanged.reign()));
                case Decision.Proposed proposed -> {
                    proposed.fate().whenDone(_ -> finish(latch));
                    yield new Try.Replied(replyTo(proposed));
                }
            };
        }

        /// What comes of the command, under the latches.
        private Decision decide(Function<Timestamp, WriteCommand> command) {
            // Leadership and borders may have changed while it waited for the latches.
            Leadership.Reign reign = leadership.current();
            RegionError changed = refusal();
            if (reign == null || changed != null) {
                return new Decision.Refused(changed == null ? routing.notLeading() : changed);
            }
            Judged judged = evaluate(command);
            RegionReply.Answer reply = judged.outcome().reply();
            if (!judged.outcome().writes().isEmpty()) {
                Promise<ProposeResult> fate = propose(reign, judged.outcome());
                return new Decision.Proposed(fate, reply, reign, judged.answeredEarly());
            }
            if (mayWait != null && reply.error() instanceof KeyError.Locked locked) {
                boolean inFront = mayWait == Line.FRONT;
                return new Decision.InLine(locked, waiters.enlist(locked.lock().key(), inFront));
            }
            return new Decision.Unchanged(reply, reign);
        }

        /// Why the request is not even looked at.
        private @Nullable RegionError refusal() {
            RegionError stale = routing.staleEpoch(header);
            if (stale != null) {
                return stale;
            }
            Leadership.Reign reign = leadership.current();
            if (reign == null) {
                return routing.notLeading();
            }
            if (onePhase && !reign.isSynced()) {
                return new RegionError.ServerBusy("the new leader has no timestamp yet");
            }
            return routing.outside(keys);
        }

        private Judged evaluate(Function<Timestamp, WriteCommand> command) {
            Timestamp newestRead = Timestamp.ZERO;
            if (onePhase) {
                publication = guard.publish(keys);
                newestRead = guard.newestRead();
            }
            try (EngineSnapshot snapshot = context.engine().snapshot();
                    MvccReader reader = new MvccReader(snapshot, machine.descriptor().range())) {
                WriteCommand ready = command.apply(newestRead);
                WriteCommand.Outcome outcome = ready.evaluate(reader);
                if (publication != null
                        && outcome.reply() instanceof RegionReply.Prewritten prewritten
                        && prewritten.committedAt() != null) {
                    publication.willCommitAt(prewritten.committedAt());
                    context.metrics().onePhaseCommits().increment();
                }
                return new Judged(outcome, ready.isAnsweredEarly());
            }
        }

        private Promise<ProposeResult> propose(
                Leadership.Reign reign, WriteCommand.Outcome outcome) {
            RegionEntry entry =
                    new RegionEntry.Write(machine.descriptor().epoch(), outcome.writes());
            return group.propose(reign.term(), entry.encode());
        }

        /// The answer to what was proposed. Where the early one cannot be given, the fate decides.
        private RegionReply replyTo(Decision.Proposed proposed) {
            if (proposed.answeredEarly()) {
                RegionReply early = confirmed(proposed.reply(), proposed.reign());
                if (early instanceof RegionReply.Answer) {
                    return early;
                }
            }
            return replyAfter(proposed.fate(), proposed.reply());
        }

        private RegionReply replyAfter(Promise<ProposeResult> proposal, RegionReply.Answer reply) {
            return switch (proposal.await(context.env(), deadline.leftNanos())) {
                case null -> new RegionError.Undetermined();
                case ProposeResult.Applied applied -> replyAfter(applied, reply);
                case ProposeResult.NotLeader notLeader ->
                        new RegionError.NotLeader(notLeader.leader());
                case ProposeResult.Busy _ ->
                        new RegionError.ServerBusy("too much is on its way through the log");
                case ProposeResult.Undetermined _ -> new RegionError.Undetermined();
            };
        }

        private RegionReply replyAfter(ProposeResult.Applied applied, RegionReply.Answer reply) {
            return switch ((ApplyResult) applied.result()) {
                case ApplyResult.Written _ -> reply;
                case ApplyResult.StaleEpoch _ -> {
                    context.metrics().staleEntries().increment();
                    yield routing.epochNotMatch();
                }
                case ApplyResult.Divided _ ->
                        throw Check.unreachable("a command's entry divides no region");
            };
        }

        /// The answer, if this replica led without a break since before it read.
        private RegionReply confirmed(RegionReply.Answer reply, Leadership.Reign reign) {
            ReadResult result = group.readIndex().await(context.env(), deadline.leftNanos());
            return switch (result) {
                case null -> new RegionError.ServerBusy("no majority answered in time");
                case ReadResult.NotLeader notLeader ->
                        new RegionError.NotLeader(notLeader.leader());
                case ReadResult.Ready _ -> {
                    GroupStatus status = group.status();
                    if (status.term() != reign.term()) {
                        yield routing.notLeading();
                    }
                    RegionError stale = routing.staleEpoch(header);
                    yield stale == null ? reply : stale;
                }
            };
        }

        private void finish(Latches.Holding latch) {
            if (publication != null) {
                guard.withdraw(publication);
            }
            latch.release();
        }
    }
}
