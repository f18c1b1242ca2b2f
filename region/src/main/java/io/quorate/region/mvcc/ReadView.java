package io.quorate.region.mvcc;

import io.quorate.tso.api.Timestamp;
import java.util.List;

/// From where a reader looks.
///
/// @param read versions committed up to this timestamp are visible
/// @param resolved start timestamps of transactions whose locks the reader may pass over, because
///     they commit later than `read`, or never
/// @param ignoreLocks pass over all locks: wrong, and only for showing so
public record ReadView(Timestamp read, List<Timestamp> resolved, boolean ignoreLocks) {
    public ReadView(Timestamp read, List<Timestamp> resolved) {
        this(read, resolved, false);
    }

    public boolean isBlockedBy(LockRecord lock) {
        return lock.hidesVersionFrom(read) && !ignoreLocks && !resolved.contains(lock.start());
    }
}
