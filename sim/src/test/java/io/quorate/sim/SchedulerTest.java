package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final NodeId NODE = new NodeId(1);

    @Test
    void sleepsEndInTheOrderOfVirtualTime() {
        try (SimWorld world = new SimWorld(1)) {
            List<Integer> order = new ArrayList<>();
            for (int seconds : new int[] {30, 10, 3600, 20}) {
                world.env()
                        .tasks()
                        .start(
                                "sleep" + seconds,
                                () -> {
                                    world.env().tasks().sleepNanos(seconds * 1_000_000_000L);
                                    order.add(seconds);
                                });
            }
            world.runFor(Duration.ofHours(2));
            assertThat(order).containsExactly(10, 20, 30, 3600);
            assertThat(world.nowNanos()).isGreaterThanOrEqualTo(7_200_000_000_000L);
        }
    }

    @Test
    void theSeedDecidesTheOrderOfThreads() {
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            try (SimWorld world = new SimWorld(seed)) {
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int number = i;
                    world.env().tasks().start("t" + i, () -> order.add(number));
                }
                world.runFor(Duration.ofSeconds(1));
                orders.add(order);
            }
        }
        assertThat(orders).as("all 4! orders are met").hasSize(24);
    }

    @Test
    void aLockIsHeldByOneThreadAcrossItsWaits() {
        try (SimWorld world = new SimWorld(3)) {
            ReentrantLock lock = new ReentrantLock();
            int[] inside = new int[1];
            int[] entries = new int[1];
            for (int i = 0; i < 10; i++) {
                world.env()
                        .tasks()
                        .start(
                                "locker" + i,
                                () -> {
                                    lock.lock();
                                    try {
                                        Check.that(inside[0]++ == 0, "one thread is inside");
                                        world.env().tasks().sleepNanos(1_000_000);
                                        inside[0]--;
                                        entries[0]++;
                                    } finally {
                                        lock.unlock();
                                    }
                                });
            }
            world.runFor(Duration.ofSeconds(1));
            assertThat(entries[0]).isEqualTo(10);
        }
    }

    @Test
    void aConditionWakesItsWaiters() {
        try (SimWorld world = new SimWorld(4)) {
            ReentrantLock lock = new ReentrantLock();
            Condition changed = lock.newCondition();
            int[] state = new int[2];
            for (int i = 0; i < 5; i++) {
                world.env()
                        .tasks()
                        .start(
                                "waiter" + i,
                                () -> {
                                    lock.lock();
                                    try {
                                        while (state[0] == 0) {
                                            changed.awaitUninterruptibly();
                                        }
                                        state[1]++;
                                    } finally {
                                        lock.unlock();
                                    }
                                });
            }
            world.runFor(Duration.ofSeconds(1));
            assertThat(state[1]).isZero();
            world.run(
                    world.env(),
                    () -> {
                        lock.lock();
                        try {
                            state[0] = 1;
                            changed.signalAll();
                        } finally {
                            lock.unlock();
                        }
                    });
            world.runFor(Duration.ofSeconds(1));
            assertThat(state[1]).isEqualTo(5);
        }
    }

    @Test
    void aPromiseGivesItsValueOrTimesOutInVirtualTime() {
        try (SimWorld world = new SimWorld(5)) {
            Env env = world.env();
            Promise<String> given = new Promise<>();
            Promise<String> never = new Promise<>();
            List<String> seen = new ArrayList<>();
            env.tasks().start("untimed", () -> seen.add(given.await()));
            env.tasks().start("timed", () -> seen.add("" + given.await(env, 60_000_000_000L)));
            env.tasks().start("late", () -> seen.add("" + never.await(env, 90_000_000_000L)));
            env.tasks()
                    .start(
                            "giver",
                            () -> {
                                env.tasks().sleepNanos(30_000_000_000L);
                                given.complete("value");
                            });
            world.runFor(Duration.ofSeconds(100));
            assertThat(seen).containsExactly("value", "value", "null");
        }
    }

    @Test
    void aMailboxHandsOverAndTimesOut() {
        try (SimWorld world = new SimWorld(6)) {
            Env env = world.env();
            Mailbox<Integer> mailbox = new Mailbox<>();
            List<Integer> got = new ArrayList<>();
            int[] emptyDrains = new int[1];
            env.tasks()
                    .startLoop(
                            "receiver",
                            () -> {
                                while (got.size() < 100) {
                                    if (mailbox.drain(env, got, 7, 1_000_000) == 0) {
                                        emptyDrains[0]++;
                                    }
                                }
                            });
            for (int i = 0; i < 100; i++) {
                int number = i;
                env.tasks()
                        .start(
                                "sender" + i,
                                () -> {
                                    env.tasks().sleepNanos(number * 3_000_000L);
                                    mailbox.post(number);
                                });
            }
            world.runFor(Duration.ofSeconds(1));
            assertThat(got).hasSize(100).isSorted();
            assertThat(emptyDrains[0]).isGreaterThan(100);
        }
    }

    @Test
    void joinWaitsForTheEnd() {
        try (SimWorld world = new SimWorld(7)) {
            Env env = world.env();
            long joinedAt =
                    world.call(
                            env,
                            () -> {
                                env.tasks()
                                        .start("slow", () -> env.tasks().sleepNanos(5_000_000_000L))
                                        .join();
                                return world.nowNanos();
                            });
            assertThat(joinedAt).isGreaterThanOrEqualTo(5_000_000_000L);
        }
    }

    @Test
    void theThreadsOfACrashedMachineNeverRunAgain() {
        for (long seed = 0; seed < 20; seed++) {
            try (SimWorld world = new SimWorld(seed)) {
                SimMachine machine = world.machine(NODE);
                List<String> log = new ArrayList<>();
                ReentrantLock lock = new ReentrantLock();
                Promise<String> promise = new Promise<>();
                machine.start(env -> {
                    env.tasks().start("lock", () -> spin(env, log, lock));
                    env.tasks().start("wait", () -> log.add(promise.await()));
                    env.tasks().start("yield", () -> yieldForEver(log));
                });
                world.runFor(Duration.ofMillis(5));
                machine.losePower();
                int before = log.size();
                assertThat(before).isPositive();
                promise.complete("too late");
                world.runFor(Duration.ofSeconds(5));
                assertThat(log).hasSize(before);
                machine.start();
                world.runFor(Duration.ofSeconds(5));
                assertThat(log).hasSize(before);
            }
        }
    }

    @Test
    void aPausedMachineDoesNothingAndThenGoesOn() {
        try (SimWorld world = new SimWorld(8)) {
            SimMachine machine = world.machine(NODE);
            List<Long> ticks = new ArrayList<>();
            machine.start(env -> {
                while (true) {
                    env.tasks().sleepNanos(1_000_000);
                    ticks.add(world.nowNanos());
                }
            });
            world.runFor(Duration.ofMillis(100));
            machine.pause();
            int before = ticks.size();
            world.runFor(Duration.ofSeconds(10));
            assertThat(ticks).hasSize(before);
            machine.resume();
            world.runFor(Duration.ofMillis(100));
            assertThat(ticks).hasSizeGreaterThan(before + 50);
        }
    }

    @Test
    void haltCrashesTheNodeAndIsRecorded() {
        try (SimWorld world = new SimWorld(9)) {
            SimMachine machine = world.machine(NODE);
            List<String> after = new ArrayList<>();
            machine.start(env -> {
                env.tasks().start("broken", () -> Check.that(false, "one is two"));
                env.tasks().sleepNanos(1_000_000_000);
                after.add("still there");
            });
            world.runFor(Duration.ofSeconds(5));
            assertThat(machine.up()).isFalse();
            assertThat(after).isEmpty();
            assertThat(world.halts()).hasSize(1);
            assertThat(world.halts().getFirst().cause()).hasMessage("one is two");
        }
    }

    @Test
    void anUncaughtExceptionFailsTheRunAndNamesTheSeed() {
        try (SimWorld world = new SimWorld(1234)) {
            world.env()
                    .tasks()
                    .start(
                            "faulty",
                            () -> {
                                throw new IllegalStateException("a bug");
                            });
            assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("seed 1234")
                    .hasRootCauseMessage("a bug");
        }
    }

    @Test
    void aTimedWaitOfTheJdkFailsTheRun() {
        try (SimWorld world = new SimWorld(10)) {
            world.env().tasks().start("impatient", () -> LockSupport.parkNanos(1_000_000_000));
            assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(1)))
                    .hasMessageContaining("timed wait of the JDK");
        }
    }

    @Test
    void aThreadFromOutsideFailsTheRun() throws InterruptedException {
        try (SimWorld world = new SimWorld(11)) {
            CountDownLatch handedOver = new CountDownLatch(1);
            world.env()
                    .tasks()
                    .start(
                            "common pool",
                            () -> {
                                CompletableFuture.runAsync(() -> awaitForEver(handedOver)).join();
                            });
            world.runFor(Duration.ofSeconds(1));
            handedOver.countDown();
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    world.runFor(Duration.ofSeconds(1));
                                    Thread.onSpinWait();
                                }
                            })
                    .hasMessageContaining("not part of the world");
        }
    }

    @Test
    void aThreadStartedWithoutTasksFailsTheRun() {
        try (SimWorld world = new SimWorld(12)) {
            world.env().tasks().start("parent", () -> Thread.startVirtualThread(() -> {}));
            assertThatThrownBy(() -> world.runFor(Duration.ofSeconds(1)))
                    .hasMessageContaining("without asking Tasks");
        }
    }

    @Test
    void aMonitorHeldOutsideForAMomentLeavesNoMark() throws InterruptedException {
        Object monitor = new Object();
        AtomicReference<@Nullable Thread> wanting = new AtomicReference<>();
        long undisturbed = hashOfTakingMonitor(monitor, wanting);
        wanting.set(null);
        CountDownLatch held = new CountDownLatch(1);
        Thread holder = Thread.ofPlatform().start(() -> holdUntilWanted(monitor, held, wanting));
        held.await();
        assertThat(hashOfTakingMonitor(monitor, wanting)).isEqualTo(undisturbed);
        holder.join();
    }

    @Test
    void codeThatSpinsMakesTimePass() {
        try (SimWorld world = new SimWorld(13)) {
            long deadline = world.env().clock().nanos() + 1_000_000;
            world.run(
                    world.env(),
                    () -> {
                        while (world.env().clock().nanos() < deadline) {
                            Thread.yield();
                        }
                    });
            assertThat(world.nowNanos()).isGreaterThanOrEqualTo(1_000_000);
        }
    }

    @Test
    void clocksDriftAndJumpPerMachine() {
        try (SimWorld world = new SimWorld(14)) {
            SimClock fast = world.machine(NODE).clock();
            SimClock good = world.machine(new NodeId(2)).clock();
            fast.runAtRate(1.1);
            long fastBefore = fast.nanos();
            long goodBefore = good.nanos();
            long wallBefore = good.wallMillis();
            world.runFor(Duration.ofSeconds(100));
            assertThat(fast.nanos() - fastBefore).isEqualTo(110_000_000_000L);
            assertThat(good.nanos() - goodBefore).isEqualTo(100_000_000_000L);
            good.jumpMillis(-3_600_000);
            assertThat(good.wallMillis() - wallBefore).isEqualTo(100_000 - 3_600_000);
        }
    }

    private static void spin(Env env, List<String> log, ReentrantLock lock) {
        while (true) {
            lock.lock();
            try {
                env.tasks().sleepNanos(100_000);
                log.add("locked");
            } finally {
                lock.unlock();
            }
        }
    }

    private static void yieldForEver(List<String> log) {
        while (true) {
            log.add("yielded");
            Thread.yield();
        }
    }

    private static long hashOfTakingMonitor(
            Object monitor, AtomicReference<@Nullable Thread> wanting) {
        try (SimWorld world = new SimWorld(15)) {
            world.run(
                    world.env(),
                    () -> {
                        wanting.set(Thread.currentThread());
                        synchronized (monitor) {
                            world.note("inside", 0, 0);
                        }
                    });
            return world.traceHash();
        }
    }

    private static void holdUntilWanted(
            Object monitor, CountDownLatch held, AtomicReference<@Nullable Thread> wanting) {
        synchronized (monitor) {
            held.countDown();
            Thread wanted = wanting.get();
            while (wanted == null || wanted.getState() != Thread.State.BLOCKED) {
                Thread.onSpinWait();
                wanted = wanting.get();
            }
        }
    }

    private static void awaitForEver(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
