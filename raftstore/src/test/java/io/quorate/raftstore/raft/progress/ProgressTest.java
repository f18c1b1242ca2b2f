package io.quorate.raftstore.raft.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.check.InvariantBroken;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static Progress progress(long match, long next) {
        return new Progress(match, next, true, 3, 100);
    }

    @Test
    void probeSendsOneAppendUntilItIsAnswered() {
        Progress progress = progress(0, 5);
        progress.sentEntries(2, 10);
        assertThat(progress.isPaused()).isTrue();
        assertThat(progress.next()).isEqualTo(5);
        assertThat(progress.maybeUpdate(6)).isTrue();
        assertThat(progress.isPaused()).isFalse();
        assertThat(progress.next()).isEqualTo(7);
    }

    @Test
    void replicationRunsAheadUpToTheMessageLimit() {
        Progress progress = progress(4, 5);
        progress.becomeReplicate();
        for (int i = 0; i < 3; i++) {
            assertThat(progress.isPaused()).isFalse();
            progress.sentEntries(1, 1);
        }
        assertThat(progress.isPaused()).isTrue();
        assertThat(progress.mayCarryEntries()).isFalse();
        progress.maybeUpdate(5);
        progress.freeInflights(5);
        assertThat(progress.isPaused()).isFalse();
        assertThat(progress.mayCarryEntries()).isTrue();
    }

    @Test
    void replicationStopsAtTheByteLimit() {
        Progress progress = progress(4, 5);
        progress.becomeReplicate();
        progress.sentEntries(1, 99);
        assertThat(progress.isPaused()).isFalse();
        progress.sentEntries(1, 99);
        assertThat(progress.isPaused()).isTrue();
    }

    @Test
    void staleRejectionsAreIgnored() {
        Progress replicating = progress(4, 5);
        replicating.becomeReplicate();
        assertThat(replicating.maybeDecrease(4, 1)).isFalse();
        assertThat(replicating.maybeDecrease(5, 1)).isTrue();
        assertThat(replicating.next()).isEqualTo(5);

        Progress probing = progress(2, 9);
        assertThat(probing.maybeDecrease(7, 1)).isFalse();
        assertThat(probing.maybeDecrease(8, 4)).isTrue();
        assertThat(probing.next()).isEqualTo(5);
    }

    @Test
    void rejectionNeverGoesBelowWhatWasAcknowledged() {
        Progress probing = progress(6, 9);
        assertThat(probing.maybeDecrease(8, 0)).isTrue();
        assertThat(probing.next()).isEqualTo(7);
    }

    @Test
    void afterASnapshotProbingGoesOnBehindIt() {
        Progress progress = progress(0, 5);
        progress.becomeSnapshot(10);
        assertThat(progress.isPaused()).isTrue();
        progress.becomeProbe();
        assertThat(progress.next()).isEqualTo(11);

        Progress failed = progress(0, 5);
        failed.becomeSnapshot(10);
        failed.forgetSnapshot();
        failed.becomeProbe();
        assertThat(failed.next()).isEqualTo(1);
    }

    @Test
    void commitIsSentOnlyWhereItTellsSomething() {
        Progress progress = progress(4, 5);
        progress.becomeReplicate();
        assertThat(progress.canBumpCommit(3)).isTrue();
        progress.sentCommit(3);
        assertThat(progress.canBumpCommit(3)).isFalse();
        assertThat(progress.canBumpCommit(4)).isTrue();
        progress.sentCommit(4);
        assertThat(progress.canBumpCommit(9)).isFalse();
    }

    @Test
    void inflightsKeepOrderAndSumsThroughWrapAndGrowth() {
        SplittableRandom random = new SplittableRandom(7);
        Inflights inflights = new Inflights(10, 1_000);
        ArrayDeque<long[]> model = new ArrayDeque<>();
        long index = 0;
        for (int round = 0; round < 10_000; round++) {
            long bytes = model.stream().mapToLong(each -> each[1]).sum();
            assertThat(inflights.count()).isEqualTo(model.size());
            assertThat(inflights.isFull()).isEqualTo(model.size() == 10 || bytes >= 1_000);
            if (inflights.isFull() || random.nextInt(3) == 0) {
                long upTo = index - random.nextInt(12);
                inflights.freeUpTo(upTo);
                model.removeIf(each -> each[0] <= upTo);
            } else {
                index += 1 + random.nextInt(3);
                long size = random.nextInt(300);
                inflights.add(index, size);
                model.add(new long[] {index, size});
            }
        }
    }

    @Test
    void inflightsRefuseMoreThanTheLimit() {
        Inflights inflights = new Inflights(1, 10);
        inflights.add(1, 1);
        assertThatThrownBy(() -> inflights.add(2, 1)).isInstanceOf(InvariantBroken.class);
    }
}
