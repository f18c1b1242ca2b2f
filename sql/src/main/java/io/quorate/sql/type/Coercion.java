package io.quorate.sql.type;

import org.jspecify.annotations.Nullable;

/// A way from one type to another, found once and applied to many values. NULL stays NULL.
public interface Coercion {
    /// Whether the datum stays the same object, so that the step can be left out.
    boolean isIdentity();

    /// Whether the outcome depends on the [SessionFormat], so that it must not be folded into a
    /// stored plan.
    boolean dependsOnSession();

    @Nullable Object apply(@Nullable Object value, SessionFormat format);
}
