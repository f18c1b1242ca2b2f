package io.quorate.txn.commit;

import io.quorate.common.check.Check;
import io.quorate.tso.api.Timestamp;
import org.jspecify.annotations.Nullable;

/// Two-phase commit as the coordinator sees it, from the first prewrite to an outcome, without threads,
/// network or clock: [#next()] says what to do, and whoever did it tells what came of it.
///
/// ```
///  PREWRITING_AT_ONCE ── done ──────────────────────────────────────────────┐
///        │ regroup, or not possible                                          │
///  PREWRITING ── all done ──> DRAWING ──> COMMITTING ── done ──────────────> DONE
///        │ refused                │ too late    │ no answer                  ^
///        └────────────────────────┴─────────┐   v                            │
///                                           └─> ENDING ── primary's answer ──┘
/// ```
///
/// Rules:
/// - The primary's commit is sent only after every mutation was prewritten, at a timestamp drawn after
///   that, not before any `minCommit` it was told of, and not after `maxCommit`.
/// - From the moment a one-phase prewrite or the primary's commit was sent and not answered, the
///   transaction may be committed. Then *aborted* is reported only on the word of the primary: its
///   rollback record, or the certainty that there is neither lock nor commit.
/// - A definite answer wins over a missing one, whichever came first.
public final class CommitMachine {
    private enum Phase {
        PREWRITING_AT_ONCE,
        PREWRITING,
        DRAWING,
        COMMITTING,
        ENDING,
        DONE
    }

    private final Timestamp start;
    private final Timestamp maxCommit;
    private Phase phase;
    private Timestamp minCommit;
    private @Nullable Timestamp commit;

    /// True while a request is unaccounted for that commits when it arrives.
    private boolean mayBeCommitted;

    /// Why it is being ended. Set in ENDING.
    private @Nullable AbortReason reason;

    private @Nullable CommitOutcome outcome;

    /// @param onePhase whether all mutations lie in one region and may be committed at once
    public CommitMachine(Timestamp start, Timestamp maxCommit, boolean onePhase) {
        this.start = start;
        this.maxCommit = maxCommit;
        this.minCommit = new Timestamp(start.value() + 1);
        this.phase = onePhase ? Phase.PREWRITING_AT_ONCE : Phase.PREWRITING;
    }

    /// What to do now.
    public sealed interface Step {
        /// Send all mutations in one request, to be committed at once.
        record PrewriteAtOnce() implements Step {}

        /// Prewrite all mutations that are not yet.
        record Prewrite() implements Step {}

        record DrawTimestamp() implements Step {}

        record CommitPrimary(Timestamp commit) implements Step {}

        /// Ask the primary for the outcome by ending the transaction there: as its owner we need not
        /// wait for its time to run out.
        record EndPrimary() implements Step {}

        record Finish(CommitOutcome outcome) implements Step {}
    }

    public Step next() {
        return switch (phase) {
            case PREWRITING_AT_ONCE -> new Step.PrewriteAtOnce();
            case PREWRITING -> new Step.Prewrite();
            case DRAWING -> new Step.DrawTimestamp();
            case COMMITTING ->
                    new Step.CommitPrimary(
                            Check.present(commit, "a commit is sent with its timestamp"));
            case ENDING -> new Step.EndPrimary();
            case DONE ->
                    new Step.Finish(Check.present(outcome, "a finished commit has an outcome"));
        };
    }

    // What came of prewriting.

    /// Everything is prewritten; `leastCommit` is the latest minimum any region gave.
    public void prewritten(Timestamp leastCommit) {
        Check.that(isPrewriting(), "prewriting ends once");
        minCommit = Timestamp.max(minCommit, leastCommit);
        // The keys bear locks, so an earlier one-phase request that comes late finds them and only
        // answers the same.
        mayBeCommitted = false;
        phase = Phase.DRAWING;
    }

    /// The transaction is committed, in one phase or by an earlier request of ours.
    public void foundCommitted(Timestamp at) {
        Check.that(phase != Phase.DONE, "nothing comes after the outcome");
        Check.that(at.isAfter(start), "a commit lies after its start");
        finish(new CommitOutcome.Committed(at));
    }

    /// The mutations do not lie in one region any more: two phases are needed.
    public void cannotPrewriteAtOnce() {
        Check.that(phase == Phase.PREWRITING_AT_ONCE, "falls back from one phase only");
        phase = Phase.PREWRITING;
    }

    /// A one-phase request was sent and not answered.
    public void prewriteAtOnceUnanswered() {
        Check.that(phase == Phase.PREWRITING_AT_ONCE, "sent in one phase only");
        mayBeCommitted = true;
    }

    /// It cannot go on: a region refused, or a phase before the commit could not be finished.
    public void refused(AbortReason why) {
        Check.that(
                phase != Phase.DONE && phase != Phase.ENDING,
                "a transaction is refused before it is ended");
        reason = why;
        if (mayBeCommitted) {
            phase = Phase.ENDING;
        } else {
            finish(new CommitOutcome.Aborted(why));
        }
    }

    // The second phase.

    public void drawn(Timestamp timestamp) {
        Check.that(phase == Phase.DRAWING, "a timestamp is drawn after prewriting");
        Check.that(
                timestamp.isAfter(start) && !timestamp.isBefore(minCommit),
                "a timestamp drawn after prewriting lies after every minimum, but %s before %s",
                timestamp.value(),
                minCommit.value());
        if (timestamp.isAfter(maxCommit)) {
            refused(new AbortReason.SchemaChanged());
        } else {
            commit = timestamp;
            phase = Phase.COMMITTING;
        }
    }

    public void primaryCommitted() {
        Check.that(phase == Phase.COMMITTING, "the primary is committed in the second phase");
        finish(
                new CommitOutcome.Committed(
                        Check.present(commit, "a commit is sent with its timestamp")));
    }

    /// A reader pushed the transaction since the timestamp was drawn.
    public void commitTooEarly(Timestamp leastCommit) {
        Check.that(phase == Phase.COMMITTING, "commits in the second phase only");
        Check.that(leastCommit.isAfter(minCommit), "a push moves the minimum");
        minCommit = leastCommit;
        // An unanswered commit at the earlier timestamp is refused as well when it arrives.
        mayBeCommitted = false;
        phase = Phase.DRAWING;
    }

    /// There is neither lock nor commit on the primary: somebody ended the transaction.
    public void primaryGone() {
        Check.that(phase == Phase.COMMITTING, "commits in the second phase only");
        mayBeCommitted = false;
        finish(new CommitOutcome.Aborted(new AbortReason.RolledBack("its time had run out")));
    }

    /// The commit was sent and not answered; it may be sent again or the transaction ended.
    public void commitUnanswered() {
        Check.that(phase == Phase.COMMITTING, "commits in the second phase only");
        mayBeCommitted = true;
    }

    // Ending it.

    /// The primary bears a rollback record: whatever is under way will be refused.
    public void primaryEnded() {
        Check.that(phase == Phase.ENDING, "ended after something went unanswered");
        mayBeCommitted = false;
        finish(new CommitOutcome.Aborted(Check.present(reason, "what is ended has a reason")));
    }

    public void endUnanswered(String why) {
        Check.that(phase == Phase.ENDING, "ended after something went unanswered");
        finish(new CommitOutcome.Unknown(why));
    }

    private boolean isPrewriting() {
        return phase == Phase.PREWRITING || phase == Phase.PREWRITING_AT_ONCE;
    }

    private void finish(CommitOutcome how) {
        Check.that(
                !(how instanceof CommitOutcome.Aborted) || !mayBeCommitted,
                "nothing is called aborted that may be committed");
        outcome = how;
        phase = Phase.DONE;
    }
}
