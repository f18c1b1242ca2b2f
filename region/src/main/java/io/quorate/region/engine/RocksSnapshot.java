package io.quorate.region.engine;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.StorageEngine.Family;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/// A snapshot of RocksDB. Its maker entered the engine for it; closing it leaves.
final class RocksSnapshot implements EngineSnapshot {
    private final RocksEngine engine;
    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions options;

    RocksSnapshot(RocksEngine engine, RocksDB db) {
        this.engine = engine;
        this.db = db;
        snapshot = db.getSnapshot();
        options = new ReadOptions().setSnapshot(snapshot);
    }

    @Override
    public @Nullable ByteSlice get(Family family, ByteSlice key) {
        return engine.get(options, family, key);
    }

    @Override
    public Cursor cursor(Family family, ByteSlice lower, @Nullable ByteSlice upper) {
        return new RocksCursor(db, engine.handle(family), snapshot, lower, upper);
    }

    @Override
    public void close() {
        options.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
        engine.leave();
    }
}
