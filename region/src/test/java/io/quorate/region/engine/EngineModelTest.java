package io.quorate.region.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.testing.MemoryEngine;
import io.quorate.region.testing.MemoryStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both engines, against a model: what they hold, what their snapshots keep, where their cursors go.
class EngineModelTest {
    private static final int ROUNDS = 400;

    @TempDir private Path directory;

    @Test
    void rocksEngineDoesWhatTheModelDoes() {
        for (long seed = 1; seed <= 3; seed++) {
            try (StorageEngine engine = RocksEngine.open(directory.resolve("s" + seed), 8 << 20)) {
                compare(engine, seed);
            }
        }
    }

    @Test
    void memoryEngineDoesWhatTheModelDoes() {
        for (long seed = 1; seed <= 20; seed++) {
            try (StorageEngine engine = new MemoryEngine(new MemoryStorage())) {
                compare(engine, seed);
            }
        }
    }

    private static void compare(StorageEngine engine, long seed) {
        Random random = new Random(seed);
        Map<Family, TreeMap<ByteSlice, ByteSlice>> model = new TreeMap<>();
        for (Family family : Family.values()) {
            model.put(family, new TreeMap<>());
        }
        EngineSnapshot old = engine.snapshot();
        Map<Family, TreeMap<ByteSlice, ByteSlice>> oldModel = copy(model);
        for (int round = 0; round < ROUNDS; round++) {
            write(engine, model, random);
            switch (random.nextInt(20)) {
                case 0 -> engine.flush();
                case 2 -> deleteRange(engine, model, random);
                case 1 -> {
                    old.close();
                    old = engine.snapshot();
                    oldModel = copy(model);
                }
                default -> {}
            }
            try (EngineSnapshot now = engine.snapshot()) {
                check(now, model, random, "seed " + seed + " round " + round);
            }
            check(old, oldModel, random, "old snapshot, seed " + seed + " round " + round);
        }
        old.close();
    }

    private static void write(
            StorageEngine engine, Map<Family, TreeMap<ByteSlice, ByteSlice>> model, Random random) {
        EngineBatch batch = new EngineBatch();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Family family = Family.values()[random.nextInt(Family.values().length)];
            ByteSlice key = key(random);
            TreeMap<ByteSlice, ByteSlice> map = Objects.requireNonNull(model.get(family));
            if (random.nextInt(3) == 0) {
                batch.delete(family, key);
                map.remove(key);
            } else {
                ByteSlice value = ByteSlice.utf8("v" + random.nextInt(1000));
                batch.put(family, key, value);
                map.put(key, value);
            }
        }
        engine.write(batch);
    }

    private static void deleteRange(
            StorageEngine engine, Map<Family, TreeMap<ByteSlice, ByteSlice>> model, Random random) {
        Family family = Family.values()[random.nextInt(Family.values().length)];
        ByteSlice lower = key(random);
        ByteSlice upper = random.nextInt(3) == 0 ? null : key(random);
        engine.deleteRange(family, lower, upper);
        TreeMap<ByteSlice, ByteSlice> map = Objects.requireNonNull(model.get(family));
        if (upper == null) {
            map.tailMap(lower, true).clear();
        } else if (lower.compareTo(upper) < 0) {
            map.subMap(lower, true, upper, false).clear();
        }
    }

    private static void check(
            EngineSnapshot snapshot,
            Map<Family, TreeMap<ByteSlice, ByteSlice>> model,
            Random random,
            String where) {
        Family family = Family.values()[random.nextInt(Family.values().length)];
        TreeMap<ByteSlice, ByteSlice> map = Objects.requireNonNull(model.get(family));
        ByteSlice key = key(random);
        assertThat(snapshot.get(family, key)).as(where).isEqualTo(map.get(key));
        ByteSlice lower = random.nextInt(4) == 0 ? ByteSlice.EMPTY : key(random);
        ByteSlice upper = random.nextInt(4) == 0 ? null : key(random);
        if (upper != null && upper.compareTo(lower) < 0) {
            upper = lower;
        }
        TreeMap<ByteSlice, ByteSlice> part =
                new TreeMap<>(
                        upper == null
                                ? map.tailMap(lower, true)
                                : map.subMap(lower, true, upper, false));
        try (EngineSnapshot.Cursor cursor = snapshot.cursor(family, lower, upper)) {
            cursor.seekToFirst();
            assertThat(walk(cursor, false)).as(where).isEqualTo(List.copyOf(part.keySet()));
            cursor.seekToLast();
            assertThat(walk(cursor, true))
                    .as(where)
                    .isEqualTo(List.copyOf(part.descendingMap().keySet()));
            cursor.seek(key);
            assertThat(standing(cursor)).as(where).isEqualTo(part.ceilingKey(key));
            cursor.seekForPrevious(key);
            assertThat(standing(cursor)).as(where).isEqualTo(part.floorKey(key));
            if (cursor.valid()) {
                assertThat(cursor.value()).as(where).isEqualTo(part.get(cursor.key()));
                cursor.next();
                assertThat(standing(cursor)).as(where).isEqualTo(part.higherKey(key));
            }
        }
    }

    private static List<ByteSlice> walk(EngineSnapshot.Cursor cursor, boolean reverse) {
        List<ByteSlice> keys = new ArrayList<>();
        while (cursor.valid()) {
            keys.add(cursor.key());
            if (reverse) {
                cursor.previous();
            } else {
                cursor.next();
            }
        }
        return keys;
    }

    private static @Nullable ByteSlice standing(EngineSnapshot.Cursor cursor) {
        return cursor.valid() ? cursor.key() : null;
    }

    private static ByteSlice key(Random random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(6) * 51);
        }
        return ByteSlice.wrap(key);
    }

    private static Map<Family, TreeMap<ByteSlice, ByteSlice>> copy(
            Map<Family, TreeMap<ByteSlice, ByteSlice>> model) {
        Map<Family, TreeMap<ByteSlice, ByteSlice>> copy = new TreeMap<>();
        model.forEach((family, map) -> copy.put(family, new TreeMap<>(map)));
        return copy;
    }
}
