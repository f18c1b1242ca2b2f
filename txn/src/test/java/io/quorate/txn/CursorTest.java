package io.quorate.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.sim.SimRandom;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.RowCursor;
import io.quorate.txn.model.TxnWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    private static final int KEYS = 300;

    /// Random rows over several regions, random own writes on top, random ranges in both directions
    /// and page sizes, borders that move meanwhile, and writes between two steps of a cursor, which it
    /// must not show.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void showsTheSnapshotWithOwnWritesOnTop(long seed) {
        try (TxnWorld cluster = new TxnWorld(seed, List.of("k100", "k200"))) {
            SimRandom random = cluster.world().random("test");
            NavigableMap<String, String> model = new TreeMap<>();
            for (int i = 0; i < KEYS; i++) {
                if (random.nextInt(3) > 0) {
                    model.put(key(i), "old" + i);
                }
            }
            cluster.put(1, model);
            cluster.on(2, () -> readAll(cluster, random, model));
        }
    }

    private static boolean readAll(
            TxnWorld cluster, SimRandom random, NavigableMap<String, String> model) {
        Transaction transaction = cluster.node(2).begin(TxnWorld.REPEATABLE_READ);
        transaction.beginStatement();
        overwrite(cluster);
        for (int i = 0; i < 60; i++) {
            write(transaction, random, model);
        }
        for (int round = 0; round < 30; round++) {
            String from = key(random.nextInt(KEYS));
            @Nullable String to = random.nextInt(4) == 0 ? null : key(random.nextInt(KEYS));
            boolean reverse = random.nextInt(2) == 0;
            if (round % 5 == 0) {
                cluster.regions().split(TxnWorld.key(key(random.nextInt(KEYS))));
            }
            Map<String, String> snapshot = new TreeMap<>(model);
            KeyRange range = new KeyRange(TxnWorld.key(from), to == null ? null : TxnWorld.key(to));
            List<String> shown = new ArrayList<>();
            try (RowCursor rows = transaction.scan(range, reverse, random.nextInt(20))) {
                for (KeyValue row = rows.next(); row != null; row = rows.next()) {
                    shown.add(row.key().toUtf8() + "=" + row.value().toUtf8());
                    if (random.nextInt(20) == 0) {
                        write(transaction, random, model);
                    }
                }
            }
            assertThat(shown).isEqualTo(expected(snapshot, range, reverse));
        }
        return true;
    }

    /// Changes after the snapshot, which nothing may show.
    private static void overwrite(TxnWorld cluster) {
        Transaction other = cluster.node(3).begin(TxnWorld.REPEATABLE_READ);
        other.beginStatement();
        for (int i = 0; i < KEYS; i += 7) {
            other.put(TxnWorld.key(key(i)), TxnWorld.key("newer"));
        }
        other.commit(Timestamp.MAX);
    }

    private static void write(
            Transaction transaction, SimRandom random, Map<String, String> model) {
        String key = key(random.nextInt(KEYS));
        if (random.nextInt(3) == 0) {
            transaction.delete(TxnWorld.key(key));
            model.remove(key);
        } else {
            String value = "new" + random.nextInt(1_000);
            transaction.put(TxnWorld.key(key), TxnWorld.key(value));
            model.put(key, value);
        }
    }

    private static List<String> expected(
            Map<String, String> rows, KeyRange range, boolean reverse) {
        List<String> expected = new ArrayList<>();
        rows.forEach((key, value) -> {
            if (range.contains(ByteSlice.utf8(key))) {
                expected.add(key + "=" + value);
            }
        });
        return reverse ? expected.reversed() : expected;
    }

    private static String key(int number) {
        return String.format("k%03d", number);
    }
}
