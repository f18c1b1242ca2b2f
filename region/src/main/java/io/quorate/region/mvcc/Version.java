package io.quorate.region.mvcc;

import io.quorate.tso.api.Timestamp;

/// A write record and where it stands: at the commit timestamp, a ROLLBACK at its start timestamp.
public record Version(Timestamp at, WriteRecord record) {
    public boolean isRollback() {
        return record.kind() == WriteRecord.Kind.ROLLBACK;
    }
}
