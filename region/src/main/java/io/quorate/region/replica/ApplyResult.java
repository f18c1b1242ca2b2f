package io.quorate.region.replica;

import io.quorate.region.api.RegionDescriptor;
import java.util.List;

/// What applying an entry came to, told to its proposer.
sealed interface ApplyResult {
    /// Its writes are in the engine. Also of the empty entry with which a leader begins its term.
    record Written() implements ApplyResult {}

    /// It was made for another epoch and did nothing.
    record StaleEpoch() implements ApplyResult {}

    /// The region was cut into these, the first of which kept the id.
    record Divided(List<RegionDescriptor> regions) implements ApplyResult {}
}
