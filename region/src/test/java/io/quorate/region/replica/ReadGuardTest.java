package io.quorate.region.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadGuardTest {
    private static final ByteSlice A = ByteSlice.utf8("a");
    private static final ByteSlice M = ByteSlice.utf8("m");

    private final ReadGuard guard = new ReadGuard(Timestamp.ZERO);

    @Test
    void newestReadNeverFalls() {
        guard.read(new Timestamp(20));
        guard.read(new Timestamp(10));
        assertThat(guard.newestRead()).isEqualTo(new Timestamp(20));
    }

    @Test
    void readerOfTheNewestVersionsIsNoTimestamp() {
        guard.read(Timestamp.MAX);
        assertThat(guard.newestRead()).isEqualTo(Timestamp.ZERO);
    }

    @Test
    void readerMeetsACommitWhoseTimestampIsNotKnown() {
        ReadGuard.Publication commit = guard.publish(List.of(A));
        assertThat(guard.obstacle(List.of(M, A), new Timestamp(10))).isSameAs(commit);
        assertThat(guard.obstacle(List.of(M), new Timestamp(10))).isNull();
        assertThat(guard.obstacle(new KeyRange(A, M), new Timestamp(10))).isSameAs(commit);
        assertThat(guard.obstacle(new KeyRange(A.successor(), null), new Timestamp(10))).isNull();
        assertThat(guard.obstacle(new KeyRange(M, A), new Timestamp(10))).isNull();
    }

    @Test
    void readerBeforeTheCommitPasses() {
        ReadGuard.Publication commit = guard.publish(List.of(A));
        commit.willCommitAt(new Timestamp(21));
        assertThat(guard.obstacle(List.of(A), new Timestamp(20))).isNull();
        assertThat(guard.obstacle(List.of(A), new Timestamp(22))).isSameAs(commit);
    }

    @Test
    void withdrawnCommitLetsReadersGo() {
        ReadGuard.Publication commit = guard.publish(List.of(A, M));
        guard.withdraw(commit);
        assertThat(commit.gone().isDone()).isTrue();
        assertThat(guard.obstacle(List.of(A, M), new Timestamp(10))).isNull();
    }
}
