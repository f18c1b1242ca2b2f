package io.quorate.region.replica;

import org.jspecify.annotations.Nullable;

/// Whether this replica leads, and whether it may already read and commit in one phase: it may once
/// it took a timestamp from the oracle in this very term, for only then it is past every read that an
/// earlier leader served.
final class Leadership {
    private volatile @Nullable Reign current;

    /// One term of leading.
    static final class Reign {
        private final long term;
        private volatile boolean synced;

        private Reign(long term) {
            this.term = term;
        }

        long term() {
            return term;
        }

        boolean isSynced() {
            return synced;
        }

        void markSynced() {
            synced = true;
        }
    }

    @Nullable Reign current() {
        return current;
    }

    boolean isCurrent(Reign reign) {
        return current == reign;
    }

    Reign begin(long term) {
        Reign reign = new Reign(term);
        current = reign;
        return reign;
    }

    void end() {
        current = null;
    }
}
