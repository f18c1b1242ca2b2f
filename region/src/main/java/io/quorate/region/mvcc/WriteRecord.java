package io.quorate.region.mvcc;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.LockKind;
import io.quorate.tso.api.Timestamp;
import org.jspecify.annotations.Nullable;

/// What a finished transaction did to a key. It stands at the commit timestamp, a ROLLBACK at the
/// transaction's start timestamp; the oracle's timestamps are even and used once, those that regions
/// compute are odd, so two transactions never want the same place.
///
/// @param protectedRollback of a ROLLBACK: it must outlive everything else that is known of the
///     transaction, because a resolver's verdict rests on it
/// @param shortValue what a PUT wrote, if it is short enough; otherwise null, and the value stands in
///     DEFAULT
public record WriteRecord(
        Kind kind, Timestamp start, boolean protectedRollback, @Nullable ByteSlice shortValue) {
    private static final int VERSION = 1;
    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int LOCK = 3;
    private static final int ROLLBACK = 4;

    /// What was done.
    public enum Kind {
        PUT,
        DELETE,
        /// The key was locked and not changed.
        LOCK,
        ROLLBACK
    }

    /// The record that a commit makes of a prewritten lock.
    public static WriteRecord committing(LockRecord lock) {
        return new WriteRecord(kindOf(lock.kind()), lock.start(), false, lock.shortValue());
    }

    /// What a lock of that kind does to its key when it commits.
    public static Kind kindOf(LockKind kind) {
        return switch (kind) {
            case PUT -> Kind.PUT;
            case DELETE -> Kind.DELETE;
            case LOCK -> Kind.LOCK;
            case PESSIMISTIC -> throw Check.unreachable("a pessimistic lock never commits");
        };
    }

    public static WriteRecord rollback(Timestamp start, boolean protect) {
        return new WriteRecord(Kind.ROLLBACK, start, protect, null);
    }

    public ByteSlice encode() {
        ByteWriter out = new ByteWriter(16 + (shortValue == null ? 0 : shortValue.length()));
        out.putByte(VERSION);
        out.putByte(
                switch (kind) {
                    case PUT -> PUT;
                    case DELETE -> DELETE;
                    case LOCK -> LOCK;
                    case ROLLBACK -> ROLLBACK;
                });
        out.putLong(start.value());
        out.putBoolean(protectedRollback);
        ShortValue.write(shortValue, out);
        return out.toSlice();
    }

    public static WriteRecord decode(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("write record of version " + version);
        }
        int number = in.getByte();
        Kind kind =
                switch (number) {
                    case PUT -> Kind.PUT;
                    case DELETE -> Kind.DELETE;
                    case LOCK -> Kind.LOCK;
                    case ROLLBACK -> Kind.ROLLBACK;
                    default -> throw new CorruptBytes("write record of kind " + number);
                };
        WriteRecord write =
                new WriteRecord(
                        kind, new Timestamp(in.getLong()), in.getBoolean(), ShortValue.read(in));
        in.expectEnd();
        return write;
    }
}
