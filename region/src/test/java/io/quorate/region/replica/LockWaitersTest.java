package io.quorate.region.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.RegionError;
import io.quorate.region.replica.LockWaiters.Waiter;
import io.quorate.region.replica.LockWaiters.Wake;
import org.junit.jupiter.api.Test;

class LockWaitersTest {
    private static final ByteSlice KEY = ByteSlice.utf8("k");

    private final LockWaiters waiters = new LockWaiters();

    @Test
    void oneIsWokenAtATimeInTheOrderTheyCame() {
        Waiter first = waiters.enlist(KEY, false);
        Waiter second = waiters.enlist(KEY, false);
        waiters.wakeFirst(KEY);
        assertThat(first.wake().peek()).isEqualTo(new Wake.Released());
        assertThat(second.wake().isDone()).isFalse();
        waiters.wakeFirst(KEY);
        assertThat(second.wake().isDone()).isTrue();
        assertThat(waiters.isEmpty()).isTrue();
    }

    @Test
    void oneThatLostTheLockAgainGoesToTheFront() {
        Waiter patient = waiters.enlist(KEY, false);
        Waiter again = waiters.enlist(KEY, true);
        waiters.wakeFirst(KEY);
        assertThat(again.wake().isDone()).isTrue();
        assertThat(patient.wake().isDone()).isFalse();
    }

    @Test
    void oneThatLeftIsNotWoken() {
        Waiter first = waiters.enlist(KEY, false);
        Waiter second = waiters.enlist(KEY, false);
        waiters.delist(first);
        waiters.wakeFirst(KEY);
        assertThat(first.wake().isDone()).isFalse();
        assertThat(second.wake().isDone()).isTrue();
    }

    @Test
    void allAreSentAwayTogether() {
        RegionError error = new RegionError.NotLeader(null);
        Waiter first = waiters.enlist(KEY, false);
        Waiter second = waiters.enlist(ByteSlice.utf8("l"), false);
        waiters.rerouteAll(error);
        assertThat(first.wake().peek()).isEqualTo(new Wake.Rerouted(error));
        assertThat(second.wake().peek()).isEqualTo(new Wake.Rerouted(error));
        assertThat(waiters.isEmpty()).isTrue();
    }
}
