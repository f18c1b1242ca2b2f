package io.quorate.sim;

import io.quorate.common.env.RandomSource;

/// Chance from a seed: SplitMix64. Every part of a world draws from a stream of its own, so that a
/// draw more in one part does not change what another part gets.
public final class SimRandom implements RandomSource {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final long seed;
    private long state;

    public SimRandom(long seed) {
        this.seed = seed;
        this.state = Trace.mix(seed);
    }

    /// A stream that depends on this one's seed and the purpose alone, not on what was drawn.
    public SimRandom fork(String purpose) {
        return new SimRandom(Trace.mix(seed + GOLDEN) ^ Trace.mix(purpose.hashCode()));
    }

    @Override
    public long nextLong() {
        state += GOLDEN;
        return Trace.mix(state);
    }

    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("a bound is positive, not " + bound);
        }
        return (int) (((nextLong() >>> 32) * bound) >>> 32);
    }

    /// Uniform in `[from, to]`.
    public long between(long from, long to) {
        return from + Math.floorMod(nextLong(), to - from + 1);
    }

    /// True with that probability.
    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    @Override
    public void nextSecret(byte[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] = (byte) nextLong();
        }
    }
}
