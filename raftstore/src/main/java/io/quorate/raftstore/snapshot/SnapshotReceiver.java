package io.quorate.raftstore.snapshot;

import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Env;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.wire.SnapshotReply;
import io.quorate.raftstore.wire.SnapshotRequest;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.io.IOException;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes snapshots in, chunk by chunk, and hands each on once it is whole and was read back once.
/// Called on many threads; one request of a group at a time.
public final class SnapshotReceiver {
    private static final Logger log = LoggerFactory.getLogger(SnapshotReceiver.class);

    private static final long IDLE_NANOS_MAX = 60_000_000_000L;

    private final Env env;
    private final SnapshotFiles files;
    private final int receptionsMax;
    private final Inbox inbox;
    private final LongAdder damagedChunks;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by `lock`.
    private final TreeMap<GroupId, Reception> receptions = new TreeMap<>();

    /// Who waits for snapshots.
    public interface Inbox {
        /// What to answer an offer at once; null if its content is wanted.
        @Nullable SnapshotReply judge(GroupId group, Message.InstallSnapshot install);

        /// It is whole, as [SnapshotFiles#whole] from now on.
        void arrived(GroupId group, Message.InstallSnapshot install);
    }

    /// A snapshot coming in.
    private static final class Reception {
        private final ReentrantLock turn = new ReentrantLock();
        private final Key key;
        private final Message.InstallSnapshot install;
        private final SnapshotFile file;
        private volatile boolean ended;
        private volatile long usedAtNanos;

        private Reception(
                Key key, Message.InstallSnapshot install, SnapshotFile file, long nowNanos) {
            this.usedAtNanos = nowNanos;
            this.key = key;
            this.install = install;
            this.file = file;
        }
    }

    public SnapshotReceiver(Env env, SnapshotFiles files, int receptionsMax, Inbox inbox) {
        this.env = env;
        this.files = files;
        this.receptionsMax = receptionsMax;
        this.damagedChunks =
                env.metrics().counter("quorate_raftstore_snapshot_damaged_chunks_total");
        this.inbox = inbox;
    }

    public SnapshotReply handle(SnapshotRequest request) {
        return switch (request) {
            case SnapshotRequest.Offer offer -> offered(offer);
            case SnapshotRequest.Chunk chunk -> came(chunk);
            case SnapshotRequest.Finish finish -> finished(finish);
        };
    }

    /// Whatever was coming in for the group is of no use any more.
    public void forget(GroupId group) {
        lock.lock();
        try {
            end(receptions.remove(group));
        } finally {
            lock.unlock();
        }
    }

    private SnapshotReply offered(SnapshotRequest.Offer offer) {
        SnapshotReply verdict = inbox.judge(offer.group(), offer.install());
        if (verdict != null) {
            return verdict;
        }
        Key key = offer.key();
        if (files.isWhole(key)) {
            inbox.arrived(offer.group(), offer.install());
            return new SnapshotReply.Received();
        }
        lock.lock();
        try {
            Reception current = receptions.get(key.group());
            if (current != null && current.key.equals(key) && !current.ended) {
                return new SnapshotReply.Continue(current.file.offset());
            }
            end(receptions.remove(key.group()));
            dropIdle();
            if (receptions.size() >= receptionsMax) {
                return new SnapshotReply.Refused("too many snapshots come in already");
            }
            SnapshotFile file =
                    files.part(
                            new SnapshotFile.Head(
                                    key,
                                    Members.of(offer.install().snapshot().confState()),
                                    offer.install().snapshot().data()));
            receptions.put(
                    key.group(), new Reception(key, offer.install(), file, env.clock().nanos()));
            log.info("snapshot offered key={} has={}", key, file.offset());
            return new SnapshotReply.Continue(file.offset());
        } catch (IOException | CorruptBytes e) {
            log.warn("snapshot cannot be taken key={} why={}", key, String.valueOf(e));
            files.delete(key);
            return new SnapshotReply.Refused("the disk: " + e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private SnapshotReply came(SnapshotRequest.Chunk chunk) {
        return inTurn(
                chunk.key(),
                reception -> {
                    SnapshotFile file = reception.file;
                    if (!chunk.isWhole()) {
                        damagedChunks.increment();
                    } else if (chunk.offset() == file.offset()) {
                        file.append(chunk);
                    }
                    return new SnapshotReply.Continue(file.offset());
                });
    }

    private SnapshotReply finished(SnapshotRequest.Finish finish) {
        return inTurn(
                finish.key(),
                reception -> {
                    if (finish.bytes() != reception.file.offset()) {
                        return new SnapshotReply.Continue(reception.file.offset());
                    }
                    reception.file.end();
                    files.complete(reception.key, reception.file);
                    reception.ended = true;
                    reception.file.close();
                    inbox.arrived(reception.key.group(), reception.install);
                    return new SnapshotReply.Received();
                });
    }

    private interface Step {
        SnapshotReply run(Reception reception) throws IOException;
    }

    private SnapshotReply inTurn(Key key, Step step) {
        Reception reception;
        lock.lock();
        try {
            reception = receptions.get(key.group());
        } finally {
            lock.unlock();
        }
        if (reception == null || !reception.key.equals(key)) {
            return new SnapshotReply.Refused("this snapshot was not offered");
        }
        SnapshotReply reply = step(reception, step);
        if (reception.ended) {
            lock.lock();
            try {
                receptions.remove(key.group(), reception);
            } finally {
                lock.unlock();
            }
        }
        return reply;
    }

    private SnapshotReply step(Reception reception, Step step) {
        reception.turn.lock();
        try {
            if (reception.ended) {
                return new SnapshotReply.Refused("this snapshot is not wanted any more");
            }
            reception.usedAtNanos = env.clock().nanos();
            return step.run(reception);
        } catch (IOException | CorruptBytes e) {
            log.warn("snapshot broke off key={} why={}", reception.key, String.valueOf(e));
            end(reception);
            files.delete(reception.key);
            return new SnapshotReply.Refused("the disk: " + e.getMessage());
        } finally {
            reception.turn.unlock();
        }
    }

    /// Makes room: what nobody went on with for long can still go on from its file later.
    private void dropIdle() {
        long now = env.clock().nanos();
        receptions
                .values()
                .removeIf(each -> {
                    boolean idle = now - each.usedAtNanos > IDLE_NANOS_MAX;
                    if (idle) {
                        end(each);
                    }
                    return idle;
                });
    }

    private static void end(@Nullable Reception reception) {
        if (reception == null) {
            return;
        }
        reception.turn.lock();
        try {
            if (!reception.ended) {
                reception.ended = true;
                reception.file.close();
            }
        } catch (IOException e) {
            log.warn("snapshot file cannot be closed key={}", reception.key, e);
        } finally {
            reception.turn.unlock();
        }
    }
}
