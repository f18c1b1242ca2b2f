package io.quorate.server.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What the demo was told of each transfer, by its id: one side of the books. The other side is the
/// ledger in the database.
final class TransferLog {
    /// What is known of a transfer.
    enum Fate {
        /// COMMIT was answered: it must be in the ledger.
        ACKNOWLEDGED,
        /// An error before COMMIT, or COMMIT refused: it must not be in the ledger.
        FAILED,
        /// COMMIT was sent and its answer lost.
        UNKNOWN,
        /// Was unknown; the ledger has it.
        FOUND,
        /// Was unknown; its id is taken in the ledger by a void row, so that it can never happen.
        VOIDED
    }

    private static final long NONE = -1;

    private final Map<Long, Fate> fates = new ConcurrentHashMap<>();
    private final AtomicLong lastAcknowledged = new AtomicLong(NONE);

    void record(Transfer transfer, Fate fate) {
        fates.put(transfer.id(), fate);
        if (fate == Fate.ACKNOWLEDGED) {
            lastAcknowledged.set(transfer.id());
        }
    }

    /// Each transfer that was begun.
    Map<Long, Fate> fates() {
        return fates;
    }

    long count(Fate fate) {
        return fates.values().stream().filter(fate::equals).count();
    }

    /// The id of a transfer that was acknowledged a moment ago; -1 before the first.
    long lastAcknowledged() {
        return lastAcknowledged.get();
    }
}
