package io.quorate.region.api;

/// The regions of one store.
public interface RegionService {
    /// Answers a request; may block for a lock, a quorum or the disk, so it is called on a virtual
    /// thread.
    RegionReply handle(RegionRequest request);
}
