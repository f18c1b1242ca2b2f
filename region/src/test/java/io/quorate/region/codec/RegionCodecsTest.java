package io.quorate.region.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.TxnStatus;
import io.quorate.tso.api.Timestamp;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RegionCodecsTest {
    private static final ByteSlice KEY = ByteSlice.utf8("key");
    private static final ByteSlice OTHER = ByteSlice.of(0, 255, 1);
    private static final Timestamp START = new Timestamp(1L << 60);
    private static final Timestamp LATER = Timestamp.MAX;
    private static final RegionEpoch EPOCH = new RegionEpoch(3, 2);
    private static final RegionHeader HEADER = new RegionHeader(new RegionId(900), EPOCH);
    private static final LockInfo LOCK =
            new LockInfo(KEY, LockKind.PUT, START, OTHER, 3_000, LATER, START);
    private static final RegionDescriptor REGION =
            new RegionDescriptor(
                    new RegionId(2),
                    EPOCH,
                    new KeyRange(KEY, OTHER),
                    List.of(new NodeId(1), new NodeId(300)));
    private static final RegionDescriptor LAST_REGION =
            new RegionDescriptor(new RegionId(3), EPOCH, KeyRange.ALL, List.of());

    @Test
    void everyRequestIsReadBack() {
        List<RegionRequest> requests = requests();
        assertThat(requests.stream().map(Object::getClass).distinct().count())
                .isEqualTo(RegionRequest.class.getPermittedSubclasses().length);
        requests.forEach(request -> checkReadBack(RegionCodecs.REQUEST, request));
    }

    @Test
    void everyReplyIsReadBack() {
        List<RegionReply> replies = replies();
        assertThat(replies.stream().map(Object::getClass).distinct().count())
                .isEqualTo(
                        RegionReply.Answer.class.getPermittedSubclasses().length
                                + RegionError.class.getPermittedSubclasses().length);
        replies.forEach(reply -> checkReadBack(RegionCodecs.REPLY, reply));
    }

    @Test
    void everyKeyErrorIsReadBack() {
        List<KeyError> errors = errors();
        assertThat(errors.stream().map(Object::getClass).distinct().count())
                .isEqualTo(KeyError.class.getPermittedSubclasses().length);
        errors.forEach(error -> checkReadBack(RegionCodecs.REPLY, new RegionReply.Done(error)));
    }

    @Test
    void everyStatusIsReadBack() {
        List<TxnStatus> statuses =
                List.of(
                        new TxnStatus.Live(LOCK, LATER),
                        new TxnStatus.Committed(START),
                        new TxnStatus.RolledBack(),
                        new TxnStatus.PessimisticLockGone(),
                        new TxnStatus.Missing());
        assertThat(statuses).hasSize(TxnStatus.class.getPermittedSubclasses().length);
        statuses.forEach(
                status -> checkReadBack(RegionCodecs.REPLY, new RegionReply.Status(null, status)));
    }

    @Test
    void locatingIsReadBack() {
        checkReadBack(RegionCodecs.LOCATE_REQUEST, new KeyRange(KEY, null));
        checkReadBack(
                RegionCodecs.LOCATE_REPLY,
                List.of(
                        new RegionLocation(REGION, new NodeId(2)),
                        new RegionLocation(LAST_REGION, null)));
    }

    @Test
    void bytesOfAnotherVersionAndCutBytesAreRefused() {
        for (RegionRequest request : requests()) {
            byte[] bytes = write(RegionCodecs.REQUEST, request);
            for (int length = 0; length < bytes.length; length++) {
                ByteReader cut = new ByteReader(ByteSlice.copyOf(bytes, 0, length));
                assertThatThrownBy(() -> RegionCodecs.REQUEST.read(cut))
                        .isInstanceOf(CorruptBytes.class);
            }
            bytes[0] = 9;
            assertThatThrownBy(
                            () -> RegionCodecs.REQUEST.read(new ByteReader(ByteSlice.wrap(bytes))))
                    .isInstanceOf(CorruptBytes.class)
                    .hasMessageContaining("version 9");
        }
    }

    private static List<RegionRequest> requests() {
        List<ByteSlice> keys = List.of(KEY, OTHER);
        KeyRange range = new KeyRange(KEY, OTHER);
        return List.of(
                new RegionRequest.Get(HEADER, keys, START, List.of(LATER)),
                new RegionRequest.Scan(
                        HEADER, KeyRange.ALL, true, Integer.MAX_VALUE, 7, START, List.of()),
                new RegionRequest.Prewrite(
                        HEADER,
                        List.of(
                                new Mutation(LockKind.PUT, KEY, OTHER, true, false, START),
                                new Mutation(
                                        LockKind.DELETE,
                                        OTHER,
                                        ByteSlice.EMPTY,
                                        false,
                                        true,
                                        LATER)),
                        KEY,
                        START,
                        LATER,
                        20_000,
                        true,
                        LATER),
                new RegionRequest.PessimisticLock(
                        HEADER, keys, KEY, START, LATER, 3_000, -1, true, false, true),
                new RegionRequest.PessimisticLock(
                        HEADER, keys, KEY, START, LATER, 3_000, 0, false, true, false),
                new RegionRequest.PessimisticRollback(HEADER, keys, START, LATER),
                new RegionRequest.Commit(HEADER, keys, START, LATER),
                new RegionRequest.Rollback(HEADER, keys, START, true),
                new RegionRequest.CheckTxnStatus(HEADER, KEY, START, LATER, START, true, false),
                new RegionRequest.ResolveLock(HEADER, keys, START, null),
                new RegionRequest.ResolveLock(HEADER, keys, START, LATER),
                new RegionRequest.TxnHeartbeat(HEADER, KEY, START, 20_000),
                new RegionRequest.ScanLocks(HEADER, range, LATER, 100),
                new RegionRequest.Split(HEADER, keys, List.of(new RegionId(5), new RegionId(6))),
                new RegionRequest.TransferLeader(HEADER, new NodeId(3)));
    }

    private static List<RegionReply> replies() {
        List<@Nullable ByteSlice> values = Arrays.asList(KEY, null, ByteSlice.EMPTY);
        return List.of(
                new RegionReply.Values(null, values),
                new RegionReply.Rows(null, List.of(new RegionReply.KeyValue(KEY, OTHER)), OTHER),
                new RegionReply.Rows(new KeyError.Locked(LOCK), List.of(), null),
                new RegionReply.Prewritten(null, START, LATER),
                new RegionReply.Prewritten(null, START, null),
                new RegionReply.Locked(null, values, LATER),
                new RegionReply.Done(null),
                new RegionReply.Status(new KeyError.Committed(START), null),
                new RegionReply.Locks(null, List.of(LOCK)),
                new RegionReply.Split(null, List.of(REGION, LAST_REGION)),
                new RegionError.NotLeader(new NodeId(2)),
                new RegionError.NotLeader(null),
                new RegionError.EpochNotMatch(List.of(REGION)),
                new RegionError.RegionNotFound(new RegionId(4)),
                new RegionError.KeyNotInRegion(REGION),
                new RegionError.ServerBusy("much to do"),
                new RegionError.Undetermined());
    }

    private static List<KeyError> errors() {
        return List.of(
                new KeyError.Locked(LOCK),
                new KeyError.WriteConflict(KEY, START, LATER),
                new KeyError.AlreadyExists(KEY),
                new KeyError.PessimisticLockNotFound(KEY),
                new KeyError.RolledBack(KEY),
                new KeyError.Committed(START),
                new KeyError.CommitTooEarly(KEY, LATER),
                new KeyError.CommitTooLate(LATER),
                new KeyError.LockNotFound(KEY),
                new KeyError.WaitTimeout(LOCK));
    }

    private static <T> void checkReadBack(Codec<T> codec, T value) {
        ByteReader in = new ByteReader(ByteSlice.wrap(write(codec, value)));
        assertThat(codec.read(in)).isEqualTo(value);
        in.expectEnd();
    }

    private static <T> byte[] write(Codec<T> codec, T value) {
        ByteWriter out = new ByteWriter();
        codec.write(value, out);
        return out.toByteArray();
    }
}
