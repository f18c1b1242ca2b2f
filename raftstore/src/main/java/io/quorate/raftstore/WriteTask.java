package io.quorate.raftstore;

import io.quorate.raftstore.log.EntriesItem;
import io.quorate.raftstore.log.LogBatch;
import io.quorate.raftstore.raft.LogMark;
import io.quorate.raftstore.raft.Message;
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
    record Release(
            Replica replica,
            @Nullable EntriesItem entries,
            List<Message> gated,
            @Nullable LogMark mark) {}

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
