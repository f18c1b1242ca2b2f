package io.quorate.region.api;

/// What a lock record stands for.
public enum LockKind {
    PUT,
    DELETE,
    /// Locks the key at commit without changing it (SELECT FOR UPDATE).
    LOCK,
    /// Held by a statement of a running transaction; never commits by itself.
    PESSIMISTIC
}
