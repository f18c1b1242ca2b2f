package io.quorate.sql.script;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Interruption;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Transactions over one sorted map, for one thread: each sees what is committed and its own writes,
/// and nothing ever conflicts.
final class MemoryStore implements TransactionManager {
    private final TreeMap<ByteSlice, ByteSlice> committed = new TreeMap<>();
    private long clock = 1000;

    Timestamp tick() {
        clock += 2;
        return new Timestamp(clock);
    }

    Timestamp now() {
        return new Timestamp(clock);
    }

    @Override
    public Transaction begin(TransactionOptions options, Interruption interruption) {
        return new MemoryTransaction(tick());
    }

    @Override
    public Outcome outcome(String token) {
        return Outcome.COMMITTED;
    }

    private final class MemoryTransaction implements Transaction {
        private final Timestamp start;
        // Empty for a deleted key.
        private TreeMap<ByteSlice, Optional<ByteSlice>> writes = new TreeMap<>();
        private final List<TreeMap<ByteSlice, Optional<ByteSlice>>> marks = new ArrayList<>();

        MemoryTransaction(Timestamp start) {
            this.start = start;
        }

        @Override
        public Timestamp start() {
            return start;
        }

        @Override
        public Timestamp readTimestamp() {
            return start;
        }

        @Override
        public void beginStatement() {}

        @Override
        public void restartStatement() {
            throw new UnsupportedOperationException("nothing conflicts here");
        }

        @Override
        public @Nullable ByteSlice get(ByteSlice key) {
            Optional<ByteSlice> own = writes.get(key);
            return own == null ? committed.get(key) : own.orElse(null);
        }

        @Override
        public Map<ByteSlice, ByteSlice> getAll(List<ByteSlice> keys) {
            Map<ByteSlice, ByteSlice> found = new LinkedHashMap<>();
            for (ByteSlice key : keys) {
                ByteSlice value = get(key);
                if (value != null) {
                    found.put(key, value);
                }
            }
            return found;
        }

        @Override
        public RowCursor scan(KeyRange range, boolean reverse, int expectedRows) {
            NavigableMap<ByteSlice, ByteSlice> merged = new TreeMap<>(committed);
            writes.forEach((key, value) -> {
                if (value.isPresent()) {
                    merged.put(key, value.get());
                } else {
                    merged.remove(key);
                }
            });
            NavigableMap<ByteSlice, ByteSlice> part = merged.tailMap(range.start(), true);
            ByteSlice end = range.end();
            if (end != null) {
                part = part.headMap(end, false);
            }
            Iterator<Map.Entry<ByteSlice, ByteSlice>> entries =
                    (reverse ? part.descendingMap() : part).entrySet().iterator();
            return new RowCursor() {
                @Override
                public @Nullable KeyValue next() {
                    if (!entries.hasNext()) {
                        return null;
                    }
                    Map.Entry<ByteSlice, ByteSlice> entry = entries.next();
                    return new KeyValue(entry.getKey(), entry.getValue());
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<LockedRow> lock(List<ByteSlice> keys, WaitPolicy wait) {
            return keys.stream().map(key -> new LockedRow(false, get(key))).toList();
        }

        @Override
        public @Nullable ByteSlice lockNewest(ByteSlice key) {
            return get(key);
        }

        @Override
        public void put(ByteSlice key, ByteSlice value) {
            writes.put(key, Optional.of(value));
        }

        @Override
        public void insert(ByteSlice key, ByteSlice value, Supplier<QuorateException> duplicate) {
            if (get(key) != null) {
                throw duplicate.get();
            }
            put(key, value);
        }

        @Override
        public void delete(ByteSlice key) {
            writes.put(key, Optional.empty());
        }

        @Override
        public void endStatement() {}

        @Override
        public int savepoint() {
            marks.add(new TreeMap<>(writes));
            return marks.size() - 1;
        }

        @Override
        public void rollbackTo(int savepoint) {
            writes = new TreeMap<>(marks.get(savepoint));
            marks.subList(savepoint + 1, marks.size()).clear();
        }

        @Override
        public boolean hasWrites() {
            return !writes.isEmpty();
        }

        @Override
        public Timestamp commit(Timestamp maxCommit) {
            writes.forEach((key, value) -> {
                if (value.isPresent()) {
                    committed.put(key, value.get());
                } else {
                    committed.remove(key);
                }
            });
            return tick();
        }

        @Override
        public void rollback() {
            writes.clear();
        }
    }
}
