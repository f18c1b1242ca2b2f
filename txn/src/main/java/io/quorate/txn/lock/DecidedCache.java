package io.quorate.txn.lock;

import io.quorate.common.check.Check;
import io.quorate.tso.api.Timestamp;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Transactions known to be committed or rolled back, so that many locks of one dead transaction cost
/// one question to its primary. A decided state never changes, so an entry is never wrong; the least
/// recently used one goes when there are too many.
final class DecidedCache {
    private static final int ENTRIES_MAX = 65_536;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Timestamp, Decision> decisions = new LinkedHashMap<>(16, 0.75f, true);

    sealed interface Decision {
        record Committed(Timestamp commit) implements Decision {}

        record RolledBack() implements Decision {}
    }

    @Nullable Decision get(Timestamp start) {
        lock.lock();
        try {
            return decisions.get(start);
        } finally {
            lock.unlock();
        }
    }

    void put(Timestamp start, Decision decision) {
        lock.lock();
        try {
            Decision before = decisions.put(start, decision);
            Check.that(
                    before == null || before.equals(decision),
                    "the fate of transaction %s never changes",
                    start);
            if (decisions.size() > ENTRIES_MAX) {
                decisions.remove(decisions.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }
}
