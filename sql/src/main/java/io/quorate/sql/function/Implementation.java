package io.quorate.sql.function;

import org.jspecify.annotations.Nullable;

/// What a function computes. The arguments have the types of the call's [Signature]; a strict
/// function is never called with a null among them, its caller answers null instead.
///
/// A set-returning function answers an `Iterator` over its rows (a null answer is the empty set).
@FunctionalInterface
public interface Implementation {
    @Nullable Object call(CallContext context, @Nullable Object[] arguments);
}
