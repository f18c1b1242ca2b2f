package io.quorate.raftstore;

import io.quorate.raftstore.log.EntriesItem;
import io.quorate.raftstore.log.LogBatch;
import io.quorate.raftstore.raft.LogMark;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one round of a loop wants made durable, and what follows from it. Handed to the log writer
/// and back.
final class WriteTask {
    private final RaftLoop loop;
    private final LogBatch batch = new LogBatch();
    private final List<Release> releases = new ArrayList<>();

    /// What may be done for a group once the write, and all before it, are durable.
    ///
    /// @param begun the snapshot whose beginning was written
    /// @param ended the snapshot whose end was written
    record Release(
            Replica replica,
            @Nullable Key begun,
            @Nullable EntriesItem entries,
            List<Message> gated,
            @Nullable LogMark mark,
            @Nullable Key ended,
            boolean destroyed) {
        static Release ofEnd(Replica replica, Key ended) {
            return new Release(replica, null, null, List.of(), null, ended, false);
        }

        /// Nothing of the replica is left.
        static Release ofDestruction(Replica replica) {
            return new Release(replica, null, null, List.of(), null, null, true);
        }
    }

    WriteTask(RaftLoop loop) {
        this.loop = loop;
    }

    RaftLoop loop() {
        return loop;
    }

    LogBatch batch() {
        return batch;
    }

    List<Release> releases() {
        return releases;
    }

    boolean isEmpty() {
        return batch.isEmpty() && releases.isEmpty();
    }
}
