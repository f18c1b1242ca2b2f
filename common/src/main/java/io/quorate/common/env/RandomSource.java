package io.quorate.common.env;

/// Chance. In a simulation all of it comes from the seed. Safe for several threads.
public interface RandomSource {
    long nextLong();

    /// Uniform in `[0, bound)`.
    int nextInt(int bound);

    /// Uniform in `[0, 1)`.
    double nextDouble();

    /// Bytes fit for secrets (in a simulation as predictable as the rest).
    void nextSecret(byte[] target);
}
