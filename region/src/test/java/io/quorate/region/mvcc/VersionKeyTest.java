package io.quorate.region.mvcc;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VersionKeyTest {
    private record Pair(ByteSlice key, Timestamp timestamp) {}

    @Test
    void encodedKeysSortByKeyThenFromTheNewestOn() {
        Random random = new Random(1);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            pairs.add(new Pair(key(random), new Timestamp(random.nextLong() >>> 1)));
        }
        List<Pair> byMeaning = new ArrayList<>(pairs);
        byMeaning.sort(
                Comparator.comparing(Pair::key)
                        .thenComparing(Comparator.comparing(Pair::timestamp).reversed()));
        List<Pair> byBytes = new ArrayList<>(pairs);
        byBytes.sort(Comparator.comparing(pair -> VersionKey.encode(pair.key(), pair.timestamp())));
        assertThat(byBytes).isEqualTo(byMeaning);
    }

    @Test
    void bothPartsAreReadBack() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000; i++) {
            ByteSlice key = key(random);
            Timestamp timestamp = new Timestamp(random.nextLong() >>> 1);
            ByteSlice encoded = VersionKey.encode(key, timestamp);
            assertThat(VersionKey.userKey(encoded)).isEqualTo(key);
            assertThat(VersionKey.timestamp(encoded)).isEqualTo(timestamp);
            assertThat(encoded).isGreaterThan(VersionKey.prefix(key));
            assertThat(encoded).isLessThan(VersionKey.prefix(key.successor()));
        }
    }

    private static ByteSlice key(Random random) {
        byte[] key = new byte[random.nextInt(20)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextBoolean() ? 0 : random.nextBoolean() ? 0xff : 7);
        }
        return ByteSlice.wrap(key);
    }
}
