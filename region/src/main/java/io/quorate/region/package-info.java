/// Key ranges: [RegionStore] holds the regions of one node, [RegionRouter] finds the region of a key
/// anywhere in the cluster and talks to its leader.
///
/// A request to a region walks like this: the router picks the region by its cache and calls the
/// leader's store; the store finds the replica (`replica`), which takes the latches of the keys,
/// evaluates the command (`command`) on a snapshot of the engine through `mvcc`, and proposes what the
/// command wants to write as one Raft entry. Applying the entry writes one engine batch together with
/// the applied index. Records are described in `docs/storage-format.md`, calls in `docs/rpc.md`.
@NullMarked
package io.quorate.region;

import org.jspecify.annotations.NullMarked;
