package io.quorate.raftstore.raft;

/// What the payload of an [Entry] is. The ordinal is persisted: append, never reorder.
public enum EntryKind {
    /// Bytes for the state machine; empty for the entry with which a leader opens its term.
    NORMAL,
    /// An encoded [ConfChange] of one change that takes effect without a joint configuration.
    CONF_CHANGE_SINGLE,
    /// An encoded [ConfChange]; empty data is the change that leaves a joint configuration.
    CONF_CHANGE
}
