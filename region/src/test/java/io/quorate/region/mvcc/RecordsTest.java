package io.quorate.region.mvcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.LockKind;
import io.quorate.tso.api.Timestamp;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void locksAreReadBack() {
        for (LockKind kind : LockKind.values()) {
            LockRecord lock =
                    new LockRecord(
                            kind,
                            new Timestamp(10),
                            ByteSlice.utf8("primary"),
                            3_000,
                            new Timestamp(12),
                            new Timestamp(13),
                            kind == LockKind.PUT ? ByteSlice.utf8("v") : null);
            assertThat(LockRecord.decode(lock.encode())).isEqualTo(lock);
        }
    }

    @Test
    void writesAreReadBack() {
        for (WriteRecord.Kind kind : WriteRecord.Kind.values()) {
            WriteRecord write =
                    new WriteRecord(
                            kind,
                            new Timestamp(10),
                            kind == WriteRecord.Kind.ROLLBACK,
                            kind == WriteRecord.Kind.PUT ? ByteSlice.EMPTY : null);
            assertThat(WriteRecord.decode(write.encode())).isEqualTo(write);
        }
    }

    @Test
    void recordsOfANewerVersionAreRefused() {
        byte[] lock =
                new LockRecord(
                                LockKind.LOCK,
                                new Timestamp(10),
                                ByteSlice.EMPTY,
                                1,
                                Timestamp.ZERO,
                                new Timestamp(11),
                                null)
                        .encode()
                        .toByteArray();
        lock[0] = 99;
        assertThatThrownBy(() -> LockRecord.decode(ByteSlice.wrap(lock)))
                .isInstanceOf(CorruptBytes.class)
                .hasMessageContaining("version 99");
    }
}
