package io.quorate.txn.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.buffer.MutationBuffer.OwnRow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationBufferTest {
    /// A savepoint and the model's rows at it.
    private record Saved(int mark, Map<String, Optional<String>> rows) {}

    /// Random writes, savepoints and rollbacks, against whole copies of a map.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void takesBackExactlyWhatWasWrittenSinceTheMark(long seed) {
        Random random = new Random(seed);
        MutationBuffer buffer = new MutationBuffer();
        Map<String, Optional<String>> model = new TreeMap<>();
        Deque<Saved> saved = new ArrayDeque<>();
        for (int step = 0; step < 5_000; step++) {
            String key = "k" + random.nextInt(20);
            switch (random.nextInt(10)) {
                case 0 -> saved.push(new Saved(buffer.mark(), new TreeMap<>(model)));
                case 1 -> {
                    if (!saved.isEmpty()) {
                        for (int skip = random.nextInt(saved.size()); skip > 0; skip--) {
                            saved.pop();
                        }
                        buffer.rollbackTo(saved.element().mark());
                        model = new TreeMap<>(saved.element().rows());
                    }
                }
                case 2, 3 -> {
                    buffer.put(ByteSlice.utf8(key), null, null, Timestamp.ZERO);
                    model.put(key, Optional.empty());
                }
                default -> {
                    String value = Integer.toString(step);
                    buffer.put(ByteSlice.utf8(key), ByteSlice.utf8(value), null, Timestamp.ZERO);
                    model.put(key, Optional.of(value));
                }
            }
            assertThat(rowsOf(buffer)).isEqualTo(model);
        }
    }

    private static Map<String, Optional<String>> rowsOf(MutationBuffer buffer) {
        Map<String, Optional<String>> rows = new TreeMap<>();
        List<OwnRow> all = buffer.copy(KeyRange.ALL, false);
        all.forEach(row ->
                rows.put(
                        row.key().toUtf8(),
                        Optional.ofNullable(row.value()).map(ByteSlice::toUtf8)));
        assertThat(buffer.copy(KeyRange.ALL, true)).isEqualTo(all.reversed());
        return rows;
    }
}
