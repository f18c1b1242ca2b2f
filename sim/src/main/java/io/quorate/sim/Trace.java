package io.quorate.sim;

import java.util.ArrayList;
import java.util.List;

/// What happened in a run, as a running 64-bit hash and the last few events in clear. Two runs of one
/// seed have equal hashes, or something outside the seed had a say.
final class Trace {
    /// The kinds of event. Their order is part of the hash.
    enum Kind {
        STEP,
        SEND,
        DELIVER,
        DROP,
        BYTES,
        SYNC,
        WRITE,
        CRASH,
        START,
        PAUSE,
        FAULT,
        NOTE
    }

    private static final int KEPT = 64;

    private final Kind[] kinds = new Kind[KEPT];
    private final long[] times = new long[KEPT];
    private final long[] firsts = new long[KEPT];
    private final long[] seconds = new long[KEPT];
    private final String[] names = new String[KEPT];
    private long count;
    private long hash = 1;

    /// Something named happened; what the two numbers mean is up to the kind.
    void add(Kind kind, long nowNanos, String name, long first, long second) {
        hash = mix(hash ^ mix(nowNanos + kind.ordinal()) ^ mix(first * 31 + second));
        hash += name.hashCode();
        int slot = (int) (count % KEPT);
        kinds[slot] = kind;
        times[slot] = nowNanos;
        names[slot] = name;
        firsts[slot] = first;
        seconds[slot] = second;
        count++;
    }

    long hash() {
        return hash;
    }

    /// The last events, oldest first, one per line.
    List<String> tail() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, count - KEPT); i < count; i++) {
            int slot = (int) (i % KEPT);
            lines.add(
                    "%,d ns %s %s %d %d"
                            .formatted(
                                    times[slot],
                                    kinds[slot],
                                    names[slot],
                                    firsts[slot],
                                    seconds[slot]));
        }
        return lines;
    }

    /// A bijection of 64 bits in which every input bit reaches every output bit (the finaliser of
    /// SplitMix64).
    static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
