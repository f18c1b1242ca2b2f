package io.quorate.region.engine;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// An iterator of RocksDB with its bounds, which RocksDB keeps to: a cursor sought outside of them
/// stands on the nearest key inside, or nowhere.
final class RocksCursor implements EngineSnapshot.Cursor {
    private final List<Slice> bounds = new ArrayList<>(2);
    private final ReadOptions options;
    private final RocksIterator iterator;

    RocksCursor(
            RocksDB db,
            ColumnFamilyHandle family,
            Snapshot snapshot,
            ByteSlice lower,
            @Nullable ByteSlice upper) {
        options = new ReadOptions().setSnapshot(snapshot);
        if (!lower.isEmpty()) {
            options.setIterateLowerBound(bound(lower));
        }
        if (upper != null) {
            options.setIterateUpperBound(bound(upper));
        }
        iterator = db.newIterator(family, options);
    }

    @Override
    public boolean valid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw RocksEngine.failed("read", e);
        }
        return false;
    }

    @Override
    public void seek(ByteSlice key) {
        iterator.seek(key.asReadOnlyArray());
    }

    @Override
    public void seekForPrevious(ByteSlice key) {
        iterator.seekForPrev(key.asReadOnlyArray());
    }

    @Override
    public void seekToFirst() {
        iterator.seekToFirst();
    }

    @Override
    public void seekToLast() {
        iterator.seekToLast();
    }

    @Override
    public void next() {
        iterator.next();
    }

    @Override
    public void previous() {
        iterator.prev();
    }

    @Override
    public ByteSlice key() {
        return ByteSlice.wrap(iterator.key());
    }

    @Override
    public ByteSlice value() {
        return ByteSlice.wrap(iterator.value());
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        bounds.forEach(Slice::close);
    }

    private Slice bound(ByteSlice key) {
        Slice slice = new Slice(key.asReadOnlyArray());
        bounds.add(slice);
        return slice;
    }
}
