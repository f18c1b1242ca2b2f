package io.quorate.sql.function;

/// What can be called with OVER.
public sealed interface Windowed extends ResolvedRoutine permits ResolvedAggregate, ResolvedWindow {
    Routine function();
}
