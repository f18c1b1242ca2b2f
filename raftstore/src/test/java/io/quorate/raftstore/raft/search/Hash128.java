package io.quorate.raftstore.raft.search;

/// A running hash of 128 bits over 64-bit words; the same words in the same order give the same
/// hash in every run.
final class Hash128 {
    private long high = 0x243f6a8885a308d3L;
    private long low = 0x13198a2e03707344L;

    void add(long word) {
        high = mix(high ^ word) + low;
        low = mix(Long.rotateLeft(low, 23) + word * 0x9e3779b97f4a7c15L) ^ high;
    }

    Value value() {
        return new Value(mix(high), mix(low));
    }

    static long mix(long word) {
        long mixed = (word ^ word >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 29) * 0xff51afd7ed558ccdL;
        return mixed ^ mixed >>> 32;
    }

    /// A finished hash.
    record Value(long high, long low) {}
}
