package io.quorate.raftstore.raft.progress;

/// How a leader sends to a member.
public enum ProgressState {
    /// Where the logs agree is not known: one append at a time, the next after its answer.
    PROBE,
    /// The logs agree: appends are sent ahead of their answers.
    REPLICATE,
    /// The log no longer reaches back far enough: nothing is sent until a snapshot has arrived.
    SNAPSHOT
}
