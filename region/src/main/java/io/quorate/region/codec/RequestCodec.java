package io.quorate.region.codec;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionRequest;

/// Requests: version, number of the kind, header, fields in the order of the record.
final class RequestCodec implements Codec<RegionRequest> {
    private static final int GET = 1;
    private static final int SCAN = 2;
    private static final int PREWRITE = 3;
    private static final int PESSIMISTIC_LOCK = 4;
    private static final int PESSIMISTIC_ROLLBACK = 5;
    private static final int COMMIT = 6;
    private static final int ROLLBACK = 7;
    private static final int CHECK_TXN_STATUS = 8;
    private static final int RESOLVE_LOCK = 9;
    private static final int TXN_HEARTBEAT = 10;
    private static final int SCAN_LOCKS = 11;
    private static final int SPLIT = 12;
    private static final int TRANSFER_LEADER = 13;

    @Override
    public void write(RegionRequest request, ByteWriter out) {
        out.putByte(VersionedCodec.VERSION);
        out.putByte(number(request));
        RegionCodecs.putRegionId(request.header().region(), out);
        RegionCodecs.putEpoch(request.header().epoch(), out);
        switch (request) {
            case RegionRequest.Get get -> {
                RegionCodecs.putList(get.keys(), out, RegionCodecs::putBytes);
                RegionCodecs.putTime(get.read(), out);
                RegionCodecs.putList(get.resolved(), out, RegionCodecs::putTime);
            }
            case RegionRequest.Scan scan -> putScan(scan, out);
            case RegionRequest.Prewrite prewrite -> putPrewrite(prewrite, out);
            case RegionRequest.PessimisticLock lock -> putPessimisticLock(lock, out);
            case RegionRequest.PessimisticRollback rollback -> {
                RegionCodecs.putList(rollback.keys(), out, RegionCodecs::putBytes);
                RegionCodecs.putTime(rollback.start(), out);
                RegionCodecs.putTime(rollback.forUpdate(), out);
            }
            case RegionRequest.Commit commit -> {
                RegionCodecs.putList(commit.keys(), out, RegionCodecs::putBytes);
                RegionCodecs.putTime(commit.start(), out);
                RegionCodecs.putTime(commit.commit(), out);
            }
            case RegionRequest.Rollback rollback -> {
                RegionCodecs.putList(rollback.keys(), out, RegionCodecs::putBytes);
                RegionCodecs.putTime(rollback.start(), out);
                out.putBoolean(rollback.protect());
            }
            case RegionRequest.CheckTxnStatus check -> putCheckTxnStatus(check, out);
            case RegionRequest.ResolveLock resolve -> {
                RegionCodecs.putList(resolve.keys(), out, RegionCodecs::putBytes);
                RegionCodecs.putTime(resolve.start(), out);
                RegionCodecs.putOptional(resolve.commit(), out, RegionCodecs::putTime);
            }
            case RegionRequest.TxnHeartbeat heartbeat -> {
                out.putBytes(heartbeat.primary());
                RegionCodecs.putTime(heartbeat.start(), out);
                out.putVarLong(heartbeat.ttlMillis());
            }
            case RegionRequest.ScanLocks scan -> {
                RegionCodecs.putRange(scan.range(), out);
                RegionCodecs.putTime(scan.max(), out);
                out.putVarInt(scan.limit());
            }
            case RegionRequest.Split split -> {
                RegionCodecs.putList(split.at(), out, RegionCodecs::putBytes);
                RegionCodecs.putList(split.newRegions(), out, RegionCodecs::putRegionId);
            }
            case RegionRequest.TransferLeader transfer ->
                    RegionCodecs.putNode(transfer.target(), out);
        }
    }

    @Override
    public RegionRequest read(ByteReader in) {
        VersionedCodec.expectVersion(in);
        int number = in.getByte();
        RegionHeader header =
                new RegionHeader(RegionCodecs.getRegionId(in), RegionCodecs.getEpoch(in));
        return switch (number) {
            case GET ->
                    new RegionRequest.Get(
                            header,
                            RegionCodecs.getList(in, RegionCodecs::getBytes),
                            RegionCodecs.getTime(in),
                            RegionCodecs.getList(in, RegionCodecs::getTime));
            case SCAN -> getScan(header, in);
            case PREWRITE -> getPrewrite(header, in);
            case PESSIMISTIC_LOCK -> getPessimisticLock(header, in);
            case PESSIMISTIC_ROLLBACK ->
                    new RegionRequest.PessimisticRollback(
                            header,
                            RegionCodecs.getList(in, RegionCodecs::getBytes),
                            RegionCodecs.getTime(in),
                            RegionCodecs.getTime(in));
            case COMMIT ->
                    new RegionRequest.Commit(
                            header,
                            RegionCodecs.getList(in, RegionCodecs::getBytes),
                            RegionCodecs.getTime(in),
                            RegionCodecs.getTime(in));
            case ROLLBACK ->
                    new RegionRequest.Rollback(
                            header,
                            RegionCodecs.getList(in, RegionCodecs::getBytes),
                            RegionCodecs.getTime(in),
                            in.getBoolean());
            case CHECK_TXN_STATUS -> getCheckTxnStatus(header, in);
            case RESOLVE_LOCK ->
                    new RegionRequest.ResolveLock(
                            header,
                            RegionCodecs.getList(in, RegionCodecs::getBytes),
                            RegionCodecs.getTime(in),
                            RegionCodecs.getOptional(in, RegionCodecs::getTime));
            case TXN_HEARTBEAT ->
                    new RegionRequest.TxnHeartbeat(
                            header, in.getBytes(), RegionCodecs.getTime(in), in.getVarLong());
            case SCAN_LOCKS ->
                    new RegionRequest.ScanLocks(
                            header,
                            RegionCodecs.getRange(in),
                            RegionCodecs.getTime(in),
                            in.getVarInt());
            case SPLIT ->
                    new RegionRequest.Split(
                            header,
                            RegionCodecs.getList(in, RegionCodecs::getBytes),
                            RegionCodecs.getList(in, RegionCodecs::getRegionId));
            case TRANSFER_LEADER ->
                    new RegionRequest.TransferLeader(header, RegionCodecs.getNode(in));
            default -> throw new CorruptBytes("region request of kind " + number);
        };
    }

    private static int number(RegionRequest request) {
        return switch (request) {
            case RegionRequest.Get _ -> GET;
            case RegionRequest.Scan _ -> SCAN;
            case RegionRequest.Prewrite _ -> PREWRITE;
            case RegionRequest.PessimisticLock _ -> PESSIMISTIC_LOCK;
            case RegionRequest.PessimisticRollback _ -> PESSIMISTIC_ROLLBACK;
            case RegionRequest.Commit _ -> COMMIT;
            case RegionRequest.Rollback _ -> ROLLBACK;
            case RegionRequest.CheckTxnStatus _ -> CHECK_TXN_STATUS;
            case RegionRequest.ResolveLock _ -> RESOLVE_LOCK;
            case RegionRequest.TxnHeartbeat _ -> TXN_HEARTBEAT;
            case RegionRequest.ScanLocks _ -> SCAN_LOCKS;
            case RegionRequest.Split _ -> SPLIT;
            case RegionRequest.TransferLeader _ -> TRANSFER_LEADER;
        };
    }

    private static void putScan(RegionRequest.Scan scan, ByteWriter out) {
        RegionCodecs.putRange(scan.range(), out);
        out.putBoolean(scan.reverse());
        out.putVarInt(scan.limit());
        out.putVarInt(scan.bytesMax());
        RegionCodecs.putTime(scan.read(), out);
        RegionCodecs.putList(scan.resolved(), out, RegionCodecs::putTime);
    }

    private static RegionRequest getScan(RegionHeader header, ByteReader in) {
        return new RegionRequest.Scan(
                header,
                RegionCodecs.getRange(in),
                in.getBoolean(),
                in.getVarInt(),
                in.getVarInt(),
                RegionCodecs.getTime(in),
                RegionCodecs.getList(in, RegionCodecs::getTime));
    }

    private static void putPrewrite(RegionRequest.Prewrite prewrite, ByteWriter out) {
        RegionCodecs.putList(prewrite.mutations(), out, RequestCodec::putMutation);
        out.putBytes(prewrite.primary());
        RegionCodecs.putTime(prewrite.start(), out);
        RegionCodecs.putTime(prewrite.forUpdate(), out);
        out.putVarLong(prewrite.ttlMillis());
        out.putBoolean(prewrite.onePhase());
        RegionCodecs.putTime(prewrite.maxCommit(), out);
    }

    private static RegionRequest getPrewrite(RegionHeader header, ByteReader in) {
        return new RegionRequest.Prewrite(
                header,
                RegionCodecs.getList(in, RequestCodec::getMutation),
                in.getBytes(),
                RegionCodecs.getTime(in),
                RegionCodecs.getTime(in),
                in.getVarLong(),
                in.getBoolean(),
                RegionCodecs.getTime(in));
    }

    private static void putMutation(Mutation mutation, ByteWriter out) {
        RegionCodecs.putLockKind(mutation.kind(), out);
        out.putBytes(mutation.key());
        out.putBytes(mutation.value());
        out.putBoolean(mutation.mustNotExist());
        out.putBoolean(mutation.pessimistic());
        RegionCodecs.putTime(mutation.conflictFloor(), out);
    }

    private static Mutation getMutation(ByteReader in) {
        return new Mutation(
                RegionCodecs.getLockKind(in),
                in.getBytes(),
                in.getBytes(),
                in.getBoolean(),
                in.getBoolean(),
                RegionCodecs.getTime(in));
    }

    private static void putPessimisticLock(RegionRequest.PessimisticLock lock, ByteWriter out) {
        RegionCodecs.putList(lock.keys(), out, RegionCodecs::putBytes);
        out.putBytes(lock.primary());
        RegionCodecs.putTime(lock.start(), out);
        RegionCodecs.putTime(lock.forUpdate(), out);
        out.putVarLong(lock.ttlMillis());
        out.putVarLong(lock.waitMillis());
        out.putBoolean(lock.mustNotExist());
        out.putBoolean(lock.newest());
        out.putBoolean(lock.returnValues());
    }

    private static RegionRequest getPessimisticLock(RegionHeader header, ByteReader in) {
        return new RegionRequest.PessimisticLock(
                header,
                RegionCodecs.getList(in, RegionCodecs::getBytes),
                in.getBytes(),
                RegionCodecs.getTime(in),
                RegionCodecs.getTime(in),
                in.getVarLong(),
                in.getVarLong(),
                in.getBoolean(),
                in.getBoolean(),
                in.getBoolean());
    }

    private static void putCheckTxnStatus(RegionRequest.CheckTxnStatus check, ByteWriter out) {
        out.putBytes(check.primary());
        RegionCodecs.putTime(check.start(), out);
        RegionCodecs.putTime(check.caller(), out);
        RegionCodecs.putTime(check.now(), out);
        out.putBoolean(check.rollbackIfMissing());
        out.putBoolean(check.resolvingPessimistic());
    }

    private static RegionRequest getCheckTxnStatus(RegionHeader header, ByteReader in) {
        return new RegionRequest.CheckTxnStatus(
                header,
                in.getBytes(),
                RegionCodecs.getTime(in),
                RegionCodecs.getTime(in),
                RegionCodecs.getTime(in),
                in.getBoolean(),
                in.getBoolean());
    }
}
