package io.quorate.common.check;

import org.jspecify.annotations.Nullable;

/// Checks that stay on. Each takes the invariant as a sentence, so that its breaking reads well.
public final class Check {
    private Check() {}

    /// Throws [InvariantBroken] unless `holds`.
    public static void that(boolean holds, String invariant) {
        if (!holds) {
            throw new InvariantBroken(invariant);
        }
    }

    /// As [#that(boolean, String)]; `%s` in the invariant is replaced only when it is broken.
    public static void that(boolean holds, String invariant, @Nullable Object first) {
        if (!holds) {
            throw new InvariantBroken(String.format(invariant, first));
        }
    }

    /// As [#that(boolean, String)], for hot paths: the numbers are boxed only when it is broken.
    public static void that(boolean holds, String invariant, long first, long second) {
        if (!holds) {
            throw new InvariantBroken(String.format(invariant, first, second));
        }
    }

    /// Returns `value`, which the caller knows to be present.
    public static <T> T present(@Nullable T value, String invariant) {
        if (value == null) {
            throw new InvariantBroken(invariant);
        }
        return value;
    }

    /// For a place that cannot be reached.
    public static InvariantBroken unreachable(String why) {
        return new InvariantBroken(why);
    }
}
