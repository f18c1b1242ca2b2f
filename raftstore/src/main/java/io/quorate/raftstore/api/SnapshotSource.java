package io.quorate.raftstore.api;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// A state machine's whole state as of one entry, which nothing changes any more. Closed by whoever
/// was given it. Used by one thread at a time.
public interface SnapshotSource extends AutoCloseable {
    /// The last entry it holds.
    long index();

    /// The term of that entry.
    long term();

    /// The members of the group as of that entry.
    Membership members();

    /// A few bytes by which the machine of another replica can tell whether it could take the content,
    /// before it comes. See [StateMachine#refusal].
    ByteSlice label();

    /// Goes through the content from its beginning: the same pieces each time.
    Content open();

    /// Safe on any thread, and more than once.
    @Override
    void close();

    /// A pass through the content.
    interface Content extends AutoCloseable {
        /// The next piece, of about 64 KiB; null at the end. On their way pieces are joined, never
        /// cut. Throws [io.quorate.common.codec.CorruptBytes] where what was stored is damaged.
        @Nullable ByteSlice next();

        @Override
        void close();
    }
}
