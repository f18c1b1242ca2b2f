package io.quorate.region.codec;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.KeyError;

/// Key errors: number of the kind, fields in the order of the record.
final class KeyErrorCodec {
    private static final int LOCKED = 1;
    private static final int WRITE_CONFLICT = 2;
    private static final int ALREADY_EXISTS = 3;
    private static final int PESSIMISTIC_LOCK_NOT_FOUND = 4;
    private static final int ROLLED_BACK = 5;
    private static final int COMMITTED = 6;
    private static final int COMMIT_TOO_EARLY = 7;
    private static final int COMMIT_TOO_LATE = 8;
    private static final int LOCK_NOT_FOUND = 9;
    private static final int WAIT_TIMEOUT = 10;

    private KeyErrorCodec() {}

    static void put(KeyError error, ByteWriter out) {
        switch (error) {
            case KeyError.Locked locked -> {
                out.putByte(LOCKED);
                RegionCodecs.putLock(locked.lock(), out);
            }
            case KeyError.WriteConflict conflict -> {
                out.putByte(WRITE_CONFLICT);
                out.putBytes(conflict.key());
                RegionCodecs.putTime(conflict.conflictStart(), out);
                RegionCodecs.putTime(conflict.conflictCommit(), out);
            }
            case KeyError.AlreadyExists exists -> {
                out.putByte(ALREADY_EXISTS);
                out.putBytes(exists.key());
            }
            case KeyError.PessimisticLockNotFound lost -> {
                out.putByte(PESSIMISTIC_LOCK_NOT_FOUND);
                out.putBytes(lost.key());
            }
            case KeyError.RolledBack rolledBack -> {
                out.putByte(ROLLED_BACK);
                out.putBytes(rolledBack.key());
            }
            case KeyError.Committed committed -> {
                out.putByte(COMMITTED);
                RegionCodecs.putTime(committed.commit(), out);
            }
            case KeyError.CommitTooEarly early -> {
                out.putByte(COMMIT_TOO_EARLY);
                out.putBytes(early.key());
                RegionCodecs.putTime(early.minCommit(), out);
            }
            case KeyError.CommitTooLate late -> {
                out.putByte(COMMIT_TOO_LATE);
                RegionCodecs.putTime(late.maxCommit(), out);
            }
            case KeyError.LockNotFound missing -> {
                out.putByte(LOCK_NOT_FOUND);
                out.putBytes(missing.key());
            }
            case KeyError.WaitTimeout timeout -> {
                out.putByte(WAIT_TIMEOUT);
                RegionCodecs.putLock(timeout.lock(), out);
            }
        }
    }

    static KeyError get(ByteReader in) {
        int number = in.getByte();
        return switch (number) {
            case LOCKED -> new KeyError.Locked(RegionCodecs.getLock(in));
            case WRITE_CONFLICT ->
                    new KeyError.WriteConflict(
                            in.getBytes(), RegionCodecs.getTime(in), RegionCodecs.getTime(in));
            case ALREADY_EXISTS -> new KeyError.AlreadyExists(in.getBytes());
            case PESSIMISTIC_LOCK_NOT_FOUND -> new KeyError.PessimisticLockNotFound(in.getBytes());
            case ROLLED_BACK -> new KeyError.RolledBack(in.getBytes());
            case COMMITTED -> new KeyError.Committed(RegionCodecs.getTime(in));
            case COMMIT_TOO_EARLY ->
                    new KeyError.CommitTooEarly(in.getBytes(), RegionCodecs.getTime(in));
            case COMMIT_TOO_LATE -> new KeyError.CommitTooLate(RegionCodecs.getTime(in));
            case LOCK_NOT_FOUND -> new KeyError.LockNotFound(in.getBytes());
            case WAIT_TIMEOUT -> new KeyError.WaitTimeout(RegionCodecs.getLock(in));
            default -> throw new CorruptBytes("key error of kind " + number);
        };
    }
}
