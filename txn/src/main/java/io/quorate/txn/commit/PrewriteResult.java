package io.quorate.txn.commit;

import io.quorate.tso.api.Timestamp;

/// What came of prewriting the mutations of one region.
sealed interface PrewriteResult {
    record Done(Timestamp minCommit) implements PrewriteResult {}

    /// The whole transaction is committed.
    record Committed(Timestamp commit) implements PrewriteResult {}

    record Refused(AbortReason reason) implements PrewriteResult {}

    record Regroup() implements PrewriteResult {}

    /// It may have run, or may yet run.
    record Unanswered(String why) implements PrewriteResult {}

    /// Not tried to the end, since another region refused.
    record GivenUp() implements PrewriteResult {}
}
