package io.quorate.txn.commit;

import io.quorate.tso.api.Timestamp;

/// How a commit ended.
public sealed interface CommitOutcome {
    record Committed(Timestamp commit) implements CommitOutcome {}

    /// It is not committed and never will be.
    record Aborted(AbortReason reason) implements CommitOutcome {}

    /// Whether it committed could not be found out in time.
    record Unknown(String why) implements CommitOutcome {}
}
