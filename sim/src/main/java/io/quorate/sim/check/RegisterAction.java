package io.quorate.sim.check;

import org.jspecify.annotations.Nullable;

/// What can be done to a register of whole numbers that starts at 0.
public sealed interface RegisterAction {
    /// The register behaves as one that a single client uses.
    SequentialModel<Long, RegisterAction> MODEL = new Model();

    record Read(long seen) implements RegisterAction {}

    record Write(long value) implements RegisterAction {}

    /// Sets `value` if the register held `expected`. `succeeded` is null if the outcome is unknown.
    record CompareAndSet(long expected, long value, @Nullable Boolean succeeded)
            implements RegisterAction {}

    /// See [#MODEL].
    final class Model implements SequentialModel<Long, RegisterAction> {
        private Model() {}

        @Override
        public Long initial() {
            return 0L;
        }

        @Override
        public @Nullable Long next(Long state, RegisterAction action) {
            return switch (action) {
                case Read read -> read.seen == state ? state : null;
                case Write write -> write.value;
                case CompareAndSet set -> {
                    boolean succeeds = set.expected == state;
                    Boolean told = set.succeeded;
                    yield told != null && told != succeeds ? null : succeeds ? set.value : state;
                }
            };
        }
    }
}
