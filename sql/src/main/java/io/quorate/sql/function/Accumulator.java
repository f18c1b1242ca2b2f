package io.quorate.sql.function;

import org.jspecify.annotations.Nullable;

/// The running state of one aggregate over one group. For one thread.
public interface Accumulator {
    /// Takes the arguments of one row, nulls included: what to leave out is the aggregate's own
    /// business.
    void add(@Nullable Object[] arguments);

    /// Takes over what another accumulator of the same aggregate has seen, as if its rows followed
    /// the rows of this one.
    void merge(Accumulator other);

    /// May be asked for more than once.
    @Nullable Object result();
}
