package io.quorate.region.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.sim.SimWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LatchesTest {
    private static final long LONG_NANOS = 3_600_000_000_000L;
    private static final ByteSlice A = ByteSlice.utf8("a");
    private static final ByteSlice B = ByteSlice.utf8("b");

    @Test
    void keyIsGivenInTheOrderOfAsking() {
        try (SimWorld world = new SimWorld(1)) {
            Env env = world.env();
            Latches latches = new Latches();
            List<Integer> order = new ArrayList<>();
            Latches.Holding first = world.call(env, () -> acquire(latches, env, List.of(A)));
            for (int i = 0; i < 10; i++) {
                int number = i;
                env.tasks()
                        .start(
                                "holder",
                                () -> {
                                    Latches.Holding mine = acquire(latches, env, List.of(A));
                                    order.add(number);
                                    env.tasks().sleepNanos(1_000_000);
                                    mine.release();
                                });
                world.runFor(Duration.ofMillis(1));
            }
            assertThat(order).isEmpty();
            first.release();
            world.runFor(Duration.ofSeconds(1));
            assertThat(order).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void otherKeysAreFree() {
        try (SimWorld world = new SimWorld(2)) {
            Env env = world.env();
            Latches latches = new Latches();
            world.run(
                    env,
                    () -> {
                        Latches.Holding a = acquire(latches, env, List.of(A, A));
                        Latches.Holding b = acquire(latches, env, List.of(B));
                        a.release();
                        b.release();
                    });
        }
    }

    @Test
    void onesWhoGaveUpDoNotHoldUpTheNext() {
        try (SimWorld world = new SimWorld(3)) {
            Env env = world.env();
            Latches latches = new Latches();
            Latches.Holding first = world.call(env, () -> acquire(latches, env, List.of(A)));
            world.run(
                    env, () -> assertThat(latches.acquire(env, List.of(A, B), 1_000_000)).isNull());
            world.run(env, () -> acquire(latches, env, List.of(B)).release());
            first.release();
            world.run(env, () -> acquire(latches, env, List.of(A, B)).release());
        }
    }

    @Test
    void noTwoHoldAKeyAndNobodyWaitsForEver() {
        for (long seed = 10; seed < 30; seed++) {
            try (SimWorld world = new SimWorld(seed)) {
                Env env = world.env();
                Latches latches = new Latches();
                Random random = new Random(seed);
                TreeMap<ByteSlice, Integer> holders = new TreeMap<>();
                List<Integer> done = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    List<ByteSlice> keys = new ArrayList<>();
                    for (int k = random.nextInt(4); k >= 0; k--) {
                        keys.add(ByteSlice.of(random.nextInt(5)));
                    }
                    long work = random.nextInt(3_000_000);
                    env.tasks()
                            .start("holder", () -> work(latches, env, keys, work, holders, done));
                }
                assertThat(world.runUntil(() -> done.size() == 30, Duration.ofMinutes(1)))
                        .as("seed " + seed)
                        .isTrue();
            }
        }
    }

    private static void work(
            Latches latches,
            Env env,
            List<ByteSlice> keys,
            long nanos,
            TreeMap<ByteSlice, Integer> holders,
            List<Integer> done) {
        Latches.Holding holding = acquire(latches, env, keys);
        List<ByteSlice> distinct = keys.stream().distinct().toList();
        distinct.forEach(key -> assertThat(holders.merge(key, 1, Integer::sum)).isEqualTo(1));
        env.tasks().sleepNanos(nanos);
        distinct.forEach(key -> holders.merge(key, -1, Integer::sum));
        holding.release();
        done.add(1);
    }

    private static Latches.Holding acquire(Latches latches, Env env, List<ByteSlice> keys) {
        Latches.Holding holding = latches.acquire(env, keys, LONG_NANOS);
        if (holding == null) {
            throw new AssertionError("waited an hour for latches");
        }
        return holding;
    }
}
