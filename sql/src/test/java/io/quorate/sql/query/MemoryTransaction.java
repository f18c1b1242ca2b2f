package io.quorate.sql.query;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A transaction alone in the world: a sorted map that can be put back to where a statement began.
final class MemoryTransaction implements Transaction {
    private final TreeMap<ByteSlice, ByteSlice> values = new TreeMap<>();
    private TreeMap<ByteSlice, ByteSlice> before = new TreeMap<>();

    @Override
    public Timestamp start() {
        return new Timestamp(1);
    }

    @Override
    public Timestamp readTimestamp() {
        return start();
    }

    @Override
    public void beginStatement() {
        before = new TreeMap<>(values);
    }

    @Override
    public void restartStatement() {
        values.clear();
        values.putAll(before);
    }

    @Override
    public void endStatement() {}

    @Override
    public @Nullable ByteSlice get(ByteSlice key) {
        return values.get(key);
    }

    @Override
    public Map<ByteSlice, ByteSlice> getAll(List<ByteSlice> keys) {
        Map<ByteSlice, ByteSlice> found = new LinkedHashMap<>();
        for (ByteSlice key : keys) {
            ByteSlice value = values.get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    @Override
    public RowCursor scan(KeyRange range, boolean reverse, int expectedRows) {
        NavigableMap<ByteSlice, ByteSlice> part = values.tailMap(range.start(), true);
        ByteSlice end = range.end();
        if (end != null) {
            part = part.headMap(end, false);
        }
        List<KeyValue> rows = new ArrayList<>();
        (reverse ? part.descendingMap() : part)
                .forEach((key, value) -> rows.add(new KeyValue(key, value)));
        Iterator<KeyValue> iterator = rows.iterator();
        return new RowCursor() {
            @Override
            public @Nullable KeyValue next() {
                return iterator.hasNext() ? iterator.next() : null;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public List<LockedRow> lock(List<ByteSlice> keys, WaitPolicy wait) {
        List<LockedRow> locked = new ArrayList<>();
        for (ByteSlice key : keys) {
            locked.add(new LockedRow(false, values.get(key)));
        }
        return locked;
    }

    @Override
    public @Nullable ByteSlice lockNewest(ByteSlice key) {
        return values.get(key);
    }

    @Override
    public void put(ByteSlice key, ByteSlice value) {
        values.put(key, value);
    }

    @Override
    public void insert(ByteSlice key, ByteSlice value, Supplier<QuorateException> duplicate) {
        if (values.containsKey(key)) {
            throw duplicate.get();
        }
        values.put(key, value);
    }

    @Override
    public void delete(ByteSlice key) {
        values.remove(key);
    }

    @Override
    public int savepoint() {
        throw new UnsupportedOperationException("no statement takes a savepoint");
    }

    @Override
    public void rollbackTo(int savepoint) {
        throw new UnsupportedOperationException("no statement goes back to a savepoint");
    }

    @Override
    public boolean hasWrites() {
        return !values.isEmpty();
    }

    @Override
    public Timestamp commit(Timestamp maxCommit) {
        return start();
    }

    @Override
    public void rollback() {
        values.clear();
    }
}
