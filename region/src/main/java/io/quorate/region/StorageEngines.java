package io.quorate.region;

import io.quorate.region.api.StorageEngine;
import io.quorate.region.engine.RocksEngine;
import java.nio.file.Path;

/// Where a node gets its storage engine from.
public final class StorageEngines {
    private StorageEngines() {}

    /// The engine of production, on a directory of its own. Throws
    /// [io.quorate.common.error.QuorateException] if the data is of a newer format or in use.
    ///
    /// @param cacheBytes memory for what was read, besides up to 256 MiB for what is not flushed
    public static StorageEngine rocks(Path directory, long cacheBytes) {
        return RocksEngine.open(directory, cacheBytes);
    }
}
