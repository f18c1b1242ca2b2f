package io.quorate.region.codec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.TxnStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replies: version, number of the kind, for an answer its key error if there is one, then the fields
/// in the order of the record.
final class ReplyCodec implements Codec<RegionReply> {
    private static final int VALUES = 1;
    private static final int ROWS = 2;
    private static final int PREWRITTEN = 3;
    private static final int LOCKED = 4;
    private static final int DONE = 5;
    private static final int STATUS = 6;
    private static final int LOCKS = 7;
    private static final int SPLIT = 8;
    private static final int NOT_LEADER = 32;
    private static final int EPOCH_NOT_MATCH = 33;
    private static final int REGION_NOT_FOUND = 34;
    private static final int KEY_NOT_IN_REGION = 35;
    private static final int SERVER_BUSY = 36;
    private static final int UNDETERMINED = 37;

    private static final int LIVE = 1;
    private static final int COMMITTED = 2;
    private static final int ROLLED_BACK = 3;
    private static final int PESSIMISTIC_LOCK_GONE = 4;
    private static final int MISSING = 5;

    @Override
    public void write(RegionReply reply, ByteWriter out) {
        out.putByte(VersionedCodec.VERSION);
        switch (reply) {
            case RegionReply.Answer answer -> putAnswer(answer, out);
            case RegionError error -> putRegionError(error, out);
        }
    }

    @Override
    public RegionReply read(ByteReader in) {
        VersionedCodec.expectVersion(in);
        int number = in.getByte();
        return number < NOT_LEADER ? getAnswer(number, in) : getRegionError(number, in);
    }

    private static void putAnswer(RegionReply.Answer answer, ByteWriter out) {
        out.putByte(
                switch (answer) {
                    case RegionReply.Values _ -> VALUES;
                    case RegionReply.Rows _ -> ROWS;
                    case RegionReply.Prewritten _ -> PREWRITTEN;
                    case RegionReply.Locked _ -> LOCKED;
                    case RegionReply.Done _ -> DONE;
                    case RegionReply.Status _ -> STATUS;
                    case RegionReply.Locks _ -> LOCKS;
                    case RegionReply.Split _ -> SPLIT;
                });
        RegionCodecs.putOptional(answer.error(), out, KeyErrorCodec::put);
        switch (answer) {
            case RegionReply.Values values -> putOptionals(values.values(), out);
            case RegionReply.Rows rows -> {
                RegionCodecs.putList(
                        rows.rows(),
                        out,
                        (row, target) -> {
                            target.putBytes(row.key());
                            target.putBytes(row.value());
                        });
                RegionCodecs.putOptional(rows.resumeAt(), out, RegionCodecs::putBytes);
            }
            case RegionReply.Prewritten prewritten -> {
                RegionCodecs.putTime(prewritten.minCommit(), out);
                RegionCodecs.putOptional(prewritten.committedAt(), out, RegionCodecs::putTime);
            }
            case RegionReply.Locked locked -> {
                putOptionals(locked.values(), out);
                RegionCodecs.putTime(locked.forUpdate(), out);
            }
            case RegionReply.Done _ -> {}
            case RegionReply.Status status ->
                    RegionCodecs.putOptional(status.status(), out, ReplyCodec::putStatus);
            case RegionReply.Locks locks ->
                    RegionCodecs.putList(locks.locks(), out, RegionCodecs::putLock);
            case RegionReply.Split split ->
                    RegionCodecs.putList(split.regions(), out, RegionCodecs::putDescriptor);
        }
    }

    private static RegionReply getAnswer(int number, ByteReader in) {
        KeyError error = RegionCodecs.getOptional(in, KeyErrorCodec::get);
        return switch (number) {
            case VALUES -> new RegionReply.Values(error, getOptionals(in));
            case ROWS ->
                    new RegionReply.Rows(
                            error,
                            RegionCodecs.getList(
                                    in,
                                    from ->
                                            new RegionReply.KeyValue(
                                                    from.getBytes(), from.getBytes())),
                            RegionCodecs.getOptional(in, RegionCodecs::getBytes));
            case PREWRITTEN ->
                    new RegionReply.Prewritten(
                            error,
                            RegionCodecs.getTime(in),
                            RegionCodecs.getOptional(in, RegionCodecs::getTime));
            case LOCKED ->
                    new RegionReply.Locked(error, getOptionals(in), RegionCodecs.getTime(in));
            case DONE -> new RegionReply.Done(error);
            case STATUS ->
                    new RegionReply.Status(
                            error, RegionCodecs.getOptional(in, ReplyCodec::getStatus));
            case LOCKS ->
                    new RegionReply.Locks(error, RegionCodecs.getList(in, RegionCodecs::getLock));
            case SPLIT ->
                    new RegionReply.Split(
                            error, RegionCodecs.getList(in, RegionCodecs::getDescriptor));
            default -> throw new CorruptBytes("region reply of kind " + number);
        };
    }

    private static void putRegionError(RegionError error, ByteWriter out) {
        switch (error) {
            case RegionError.NotLeader notLeader -> {
                out.putByte(NOT_LEADER);
                RegionCodecs.putOptional(notLeader.leader(), out, RegionCodecs::putNode);
            }
            case RegionError.EpochNotMatch mismatch -> {
                out.putByte(EPOCH_NOT_MATCH);
                RegionCodecs.putList(mismatch.current(), out, RegionCodecs::putDescriptor);
            }
            case RegionError.RegionNotFound notFound -> {
                out.putByte(REGION_NOT_FOUND);
                RegionCodecs.putRegionId(notFound.region(), out);
            }
            case RegionError.KeyNotInRegion outside -> {
                out.putByte(KEY_NOT_IN_REGION);
                RegionCodecs.putDescriptor(outside.region(), out);
            }
            case RegionError.ServerBusy busy -> {
                out.putByte(SERVER_BUSY);
                out.putString(busy.why());
            }
            case RegionError.Undetermined _ -> out.putByte(UNDETERMINED);
        }
    }

    private static RegionReply getRegionError(int number, ByteReader in) {
        return switch (number) {
            case NOT_LEADER ->
                    new RegionError.NotLeader(RegionCodecs.getOptional(in, RegionCodecs::getNode));
            case EPOCH_NOT_MATCH ->
                    new RegionError.EpochNotMatch(
                            RegionCodecs.getList(in, RegionCodecs::getDescriptor));
            case REGION_NOT_FOUND -> new RegionError.RegionNotFound(RegionCodecs.getRegionId(in));
            case KEY_NOT_IN_REGION ->
                    new RegionError.KeyNotInRegion(RegionCodecs.getDescriptor(in));
            case SERVER_BUSY -> new RegionError.ServerBusy(in.getString());
            case UNDETERMINED -> new RegionError.Undetermined();
            default -> throw new CorruptBytes("region error of kind " + number);
        };
    }

    private static void putStatus(TxnStatus status, ByteWriter out) {
        switch (status) {
            case TxnStatus.Live live -> {
                out.putByte(LIVE);
                RegionCodecs.putLock(live.lock(), out);
                RegionCodecs.putTime(live.minCommit(), out);
            }
            case TxnStatus.Committed committed -> {
                out.putByte(COMMITTED);
                RegionCodecs.putTime(committed.commit(), out);
            }
            case TxnStatus.RolledBack _ -> out.putByte(ROLLED_BACK);
            case TxnStatus.PessimisticLockGone _ -> out.putByte(PESSIMISTIC_LOCK_GONE);
            case TxnStatus.Missing _ -> out.putByte(MISSING);
        }
    }

    private static TxnStatus getStatus(ByteReader in) {
        int number = in.getByte();
        return switch (number) {
            case LIVE -> new TxnStatus.Live(RegionCodecs.getLock(in), RegionCodecs.getTime(in));
            case COMMITTED -> new TxnStatus.Committed(RegionCodecs.getTime(in));
            case ROLLED_BACK -> new TxnStatus.RolledBack();
            case PESSIMISTIC_LOCK_GONE -> new TxnStatus.PessimisticLockGone();
            case MISSING -> new TxnStatus.Missing();
            default -> throw new CorruptBytes("transaction status of kind " + number);
        };
    }

    private static void putOptionals(List<@Nullable ByteSlice> values, ByteWriter out) {
        out.putVarInt(values.size());
        for (ByteSlice value : values) {
            RegionCodecs.putOptional(value, out, RegionCodecs::putBytes);
        }
    }

    private static List<@Nullable ByteSlice> getOptionals(ByteReader in) {
        int count = in.getCount();
        List<@Nullable ByteSlice> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(RegionCodecs.getOptional(in, RegionCodecs::getBytes));
        }
        return values;
    }
}
