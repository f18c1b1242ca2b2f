package io.quorate.region.mvcc;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.tso.api.Timestamp;
import org.jspecify.annotations.Nullable;

/// The one lock of a key.
///
/// @param primary the key whose records decide the transaction
/// @param ttlMillis how long after its start the transaction may be silent
/// @param minCommit the transaction commits at this timestamp or later
/// @param shortValue what a PUT will write, if it is short enough; otherwise null, and the value
///     stands in DEFAULT
public record LockRecord(
        LockKind kind,
        Timestamp start,
        ByteSlice primary,
        long ttlMillis,
        Timestamp forUpdate,
        Timestamp minCommit,
        @Nullable ByteSlice shortValue) {
    private static final int VERSION = 1;
    private static final int PUT = 1;
    private static final int DELETE = 2;
    private static final int LOCK = 3;
    private static final int PESSIMISTIC = 4;

    public boolean belongsTo(Timestamp txnStart) {
        return start.equals(txnStart);
    }

    public boolean isPessimistic() {
        return kind == LockKind.PESSIMISTIC;
    }

    /// Whether a reader at `read` has to know the fate of this lock's transaction: it may commit at
    /// or before `read`, and changes the value.
    public boolean hidesVersionFrom(Timestamp read) {
        return switch (kind) {
            case PUT, DELETE -> !start.isAfter(read) && !minCommit.isAfter(read);
            case LOCK, PESSIMISTIC -> false;
        };
    }

    /// Whether the transaction was silent too long as of `now`, the oracle's time.
    public boolean isExpired(Timestamp now) {
        return now.millis() - start.millis() >= ttlMillis;
    }

    public LockRecord withMinCommit(Timestamp newMinCommit) {
        return new LockRecord(kind, start, primary, ttlMillis, forUpdate, newMinCommit, shortValue);
    }

    public LockRecord withTtl(long newTtlMillis) {
        return new LockRecord(kind, start, primary, newTtlMillis, forUpdate, minCommit, shortValue);
    }

    public LockInfo info(ByteSlice key) {
        return new LockInfo(key, kind, start, primary, ttlMillis, forUpdate, minCommit);
    }

    public ByteSlice encode() {
        ByteWriter out = new ByteWriter(64 + primary.length());
        out.putByte(VERSION);
        out.putByte(
                switch (kind) {
                    case PUT -> PUT;
                    case DELETE -> DELETE;
                    case LOCK -> LOCK;
                    case PESSIMISTIC -> PESSIMISTIC;
                });
        out.putLong(start.value());
        out.putBytes(primary);
        out.putVarLong(ttlMillis);
        out.putLong(forUpdate.value());
        out.putLong(minCommit.value());
        ShortValue.write(shortValue, out);
        return out.toSlice();
    }

    public static LockRecord decode(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("lock record of version " + version);
        }
        int number = in.getByte();
        LockKind kind =
                switch (number) {
                    case PUT -> LockKind.PUT;
                    case DELETE -> LockKind.DELETE;
                    case LOCK -> LockKind.LOCK;
                    case PESSIMISTIC -> LockKind.PESSIMISTIC;
                    default -> throw new CorruptBytes("lock record of kind " + number);
                };
        LockRecord lock =
                new LockRecord(
                        kind,
                        new Timestamp(in.getLong()),
                        in.getBytes(),
                        in.getVarLong(),
                        new Timestamp(in.getLong()),
                        new Timestamp(in.getLong()),
                        ShortValue.read(in));
        in.expectEnd();
        return lock;
    }
}
