package io.quorate.sim;

/// How long a disk takes, and how often other threads get in between.
///
/// @param syncNanosMin the least a sync takes
/// @param syncNanosMax the most a sync takes
/// @param yieldProbability how often any other operation lets other threads run first
public record DiskSpeed(long syncNanosMin, long syncNanosMax, double yieldProbability) {
    public static final DiskSpeed FAST = new DiskSpeed(50_000, 1_000_000, 0.02);

    /// A disk that has trouble: tens to hundreds of milliseconds for a sync.
    public static final DiskSpeed SLOW = new DiskSpeed(10_000_000, 400_000_000, 0.1);
}
