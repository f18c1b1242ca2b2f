package io.quorate.tso.api;

/// A moment in the one order of the cluster: 46 bits of milliseconds since 1970, then 18 logical
/// bits. The oracle hands out even values only; a commit timestamp that a region computes by itself is
/// odd, so the two never meet.
public record Timestamp(long value) implements Comparable<Timestamp> {
    public static final int LOGICAL_BITS = 18;
    public static final Timestamp ZERO = new Timestamp(0);
    public static final Timestamp MAX = new Timestamp(Long.MAX_VALUE - 1);

    public static Timestamp of(long millis, long logical) {
        return new Timestamp((millis << LOGICAL_BITS) | logical);
    }

    /// Milliseconds since 1970 as the oracle counts them.
    public long millis() {
        return value >>> LOGICAL_BITS;
    }

    public boolean isAfter(Timestamp other) {
        return value > other.value;
    }

    public boolean isBefore(Timestamp other) {
        return value < other.value;
    }

    public static Timestamp max(Timestamp a, Timestamp b) {
        return a.value >= b.value ? a : b;
    }

    @Override
    public int compareTo(Timestamp other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "@" + value;
    }
}
