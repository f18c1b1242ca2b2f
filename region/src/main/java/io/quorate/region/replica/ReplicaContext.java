package io.quorate.region.replica;

import io.quorate.common.env.Env;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionFaults;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.StorageEngine;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a replica needs of its store.
///
/// @param births told of the regions a split made
/// @param written told how many bytes went into the engine
/// @param neighbours knows the other regions of the store
public record ReplicaContext(
        Env env,
        StorageEngine engine,
        TimestampOracle oracle,
        RegionFaults faults,
        ReplicaMetrics metrics,
        Births births,
        Written written,
        Neighbours neighbours) {

    /// Takes what comes and goes. The regions a split made: they are in the engine and wait to be opened. Must not block.
    public interface Births {
        /// @param newestRead up to where the parent was read here
        /// @param parentLed whether the parent was led from here
        void born(List<RegionDescriptor> regions, Timestamp newestRead, boolean parentLed);

        /// This store does not belong to the region any more and holds nothing of it.
        void destroyed(RegionId region);
    }

    /// Counts what is not flushed. Must not block.
    public interface Written {
        void add(long bytes);

        /// What there is is to be flushed soon.
        void flushSoon();
    }

    /// Knows where the other regions of the store lie.
    public interface Neighbours {
        /// A region other than that one that has keys in the range; null if there is none.
        @Nullable RegionId overlapping(RegionId except, KeyRange range);
    }
}
