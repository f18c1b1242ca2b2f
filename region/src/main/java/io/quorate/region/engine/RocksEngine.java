package io.quorate.region.engine;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.StorageEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The engine on RocksDB: a column family per [Family], no write-ahead log, atomic flushes.
///
/// Atomic flushes are what makes the applied index on disk exact: it stands in STATE, what was
/// applied in the other families, and after a crash all of them are of one moment.
///
/// Native objects are closed in the reverse order of their making, and only after the last snapshot
/// was closed by its user; a call after [#close()] is refused instead of reading freed memory.
public final class RocksEngine implements StorageEngine {
    private static final int BLOOM_BITS = 10;

    private final RocksDB db;
    private final ColumnFamilyHandle[] families;
    private final int[] familyIds;
    private final List<AutoCloseable> owned;
    private final WriteOptions unlogged;
    private final ReadOptions newest;
    private final ReadOptions persistedOnly;

    /// Every call and every open snapshot is inside.
    private final Gate gate = new Gate();

    private RocksEngine(RocksDB db, List<ColumnFamilyHandle> handles, List<AutoCloseable> owned) {
        this.db = db;
        this.owned = owned;
        families = new ColumnFamilyHandle[Family.values().length];
        familyIds = new int[families.length];
        for (Family family : Family.values()) {
            ColumnFamilyHandle handle = handles.get(family.ordinal());
            families[family.ordinal()] = handle;
            familyIds[family.ordinal()] = handle.getID();
            owned.add(handle);
        }
        unlogged = own(owned, new WriteOptions().setDisableWAL(true));
        newest = own(owned, new ReadOptions());
        persistedOnly = own(owned, new ReadOptions().setReadTier(ReadTier.PERSISTED_TIER));
    }

    /// Opens the engine in a directory, making it if need be. Throws [QuorateException] if the data
    /// is of a newer format, if another process has it open, or if the disk fails.
    ///
    /// @param cacheBytes for blocks of data, index and filter of all families together
    public static RocksEngine open(Path directory, long cacheBytes) {
        new EngineDirectory(directory).prepare();
        RocksDB.loadLibrary();
        List<AutoCloseable> owned = new ArrayList<>();
        try {
            DBOptions options =
                    own(
                            owned,
                            new DBOptions()
                                    .setCreateIfMissing(true)
                                    .setCreateMissingColumnFamilies(true)
                                    .setAtomicFlush(true)
                                    .setMaxBackgroundJobs(2)
                                    .setKeepLogFileNum(4));
            Cache cache = own(owned, new LRUCache(cacheBytes));
            BloomFilter bloom = own(owned, new BloomFilter(BLOOM_BITS, false));
            List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
            for (Family family : Family.values()) {
                ColumnFamilyOptions familyOptions = own(owned, familyOptions(cache, bloom));
                descriptors.add(new ColumnFamilyDescriptor(rocksName(family), familyOptions));
            }
            List<ColumnFamilyHandle> handles = new ArrayList<>();
            RocksDB db = RocksDB.open(options, directory.toString(), descriptors, handles);
            owned.add(db);
            return new RocksEngine(db, handles, owned);
        } catch (RocksDBException e) {
            closeAll(owned);
            throw cannotOpen(directory, e);
        }
    }

    @Override
    public void write(EngineBatch batch) {
        if (batch.isEmpty()) {
            return;
        }
        enter();
        try (WriteBatch bytes = new WriteBatch(BatchBytes.of(batch, familyIds))) {
            db.write(unlogged, bytes);
        } catch (RocksDBException e) {
            throw failed("write", e);
        } finally {
            leave();
        }
    }

    @Override
    public void deleteRange(Family family, ByteSlice lower, @Nullable ByteSlice upper) {
        ByteSlice end = upper == null ? behindLast(family, lower) : upper;
        if (end == null || end.compareTo(lower) <= 0) {
            return;
        }
        enter();
        try {
            db.deleteRange(
                    handle(family), unlogged, lower.asReadOnlyArray(), end.asReadOnlyArray());
        } catch (RocksDBException e) {
            throw failed("delete a range", e);
        } finally {
            leave();
        }
    }

    /// RocksDB deletes up to a key: the one behind the last there is; null if there is none.
    private @Nullable ByteSlice behindLast(Family family, ByteSlice lower) {
        try (EngineSnapshot snapshot = snapshot();
                EngineSnapshot.Cursor cursor = snapshot.cursor(family, lower, null)) {
            cursor.seekToLast();
            return cursor.valid() ? cursor.key().successor() : null;
        }
    }

    @Override
    public @Nullable ByteSlice get(Family family, ByteSlice key) {
        return get(newest, family, key);
    }

    @Override
    public EngineSnapshot snapshot() {
        enter();
        return new RocksSnapshot(this, db);
    }

    @Override
    public void flush() {
        enter();
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            db.flush(options, List.of(families));
        } catch (RocksDBException e) {
            throw failed("flush", e);
        } finally {
            leave();
        }
    }

    @Override
    public @Nullable ByteSlice persisted(Family family, ByteSlice key) {
        return get(persistedOnly, family, key);
    }

    @Override
    public void close() {
        if (gate.shut()) {
            closeAll(owned);
        }
    }

    ColumnFamilyHandle handle(Family family) {
        return families[family.ordinal()];
    }

    @Nullable ByteSlice get(ReadOptions options, Family family, ByteSlice key) {
        enter();
        try {
            byte[] value = db.get(handle(family), options, key.asReadOnlyArray());
            return value == null ? null : ByteSlice.wrap(value);
        } catch (RocksDBException e) {
            throw failed("read", e);
        } finally {
            leave();
        }
    }

    /// Keeps the engine open until [#leave()].
    void enter() {
        if (!gate.enter()) {
            throw new QuorateException(ErrorCode.ADMIN_SHUTDOWN, "the storage engine is closed");
        }
    }

    void leave() {
        gate.leave();
    }

    static QuorateException failed(String what, RocksDBException cause) {
        return new QuorateException(
                ErrorCode.IO_ERROR,
                "the storage engine could not " + what + ": " + cause.getMessage(),
                cause);
    }

    private static ColumnFamilyOptions familyOptions(Cache cache, BloomFilter bloom) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(bloom);
        return new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    private static byte[] rocksName(Family family) {
        return switch (family) {
            case DEFAULT -> RocksDB.DEFAULT_COLUMN_FAMILY;
            case LOCK, WRITE, STATE ->
                    family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        };
    }

    private static QuorateException cannotOpen(Path directory, RocksDBException cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("lock")) {
            return new QuorateException(
                            ErrorCode.OBJECT_IN_USE,
                            "the data in " + directory + " is in use by another process",
                            cause)
                    .withDetail(message)
                    .withHint("Stop that process, or give this node a directory of its own.");
        }
        return new QuorateException(
                ErrorCode.IO_ERROR, "cannot open the data in " + directory + ": " + message, cause);
    }

    private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T object) {
        owned.add(object);
        return object;
    }

    private static void closeAll(List<AutoCloseable> owned) {
        for (int i = owned.size() - 1; i >= 0; i--) {
            try {
                owned.get(i).close();
            } catch (Exception e) {
                throw new IllegalStateException("closing a native object never fails", e);
            }
        }
        owned.clear();
    }
}
