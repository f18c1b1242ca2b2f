package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.log.LogFormat.SegmentHeader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The log of a store: all its groups' entries and hard states, in segments. Written by one thread;
/// [GroupLog]s read from it on theirs.
///
/// Invariant: `durableLsn <= lastLsn`, and a segment is only begun when they are equal.
public final class RaftLog implements Closeable {
    private static final String LOCK = LogFormat.DIRECTORY + "/LOCK";

    private final Env env;
    private final LogConfig config;
    private final Closeable lock;
    private final RecordEncoder encoder = new RecordEncoder();
    private final Ledger ledger;
    private final LongAdder fsyncs;
    private final LongAdder writtenBytes;

    /// By sequence. Changed by the writer, read by all.
    private final ConcurrentSkipListMap<Long, Segment> segments = new ConcurrentSkipListMap<>();

    /// As of which entry groups were destroyed here. Changed by the writer, read by all.
    private final ConcurrentSkipListMap<GroupId, Long> tombstones = new ConcurrentSkipListMap<>();

    /// What was found and not yet asked for.
    private final ConcurrentSkipListMap<GroupId, GroupLog> recovered;

    private Segment active;
    private long lastLsn;
    private long durableLsn;
    private boolean markIsLast;
    private volatile boolean failed;

    /// Opens the log of the node's store, making it if there is none. Throws a [QuorateException]
    /// if it is damaged, of a newer format, or belongs to someone else.
    public static RaftLog open(Env env, LogConfig config) {
        try {
            Closeable lock = env.disk().lock(LOCK);
            try {
                return new RaftLog(env, config, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new QuorateException(
                    ErrorCode.IO_ERROR,
                    "cannot open the log in directory " + LogFormat.DIRECTORY + " of " + env.node(),
                    e);
        }
    }

    private RaftLog(Env env, LogConfig config, Closeable lock) throws IOException {
        this.env = env;
        this.config = config;
        this.lock = lock;
        this.fsyncs = env.metrics().counter("quorate_raftstore_fsyncs_total");
        this.writtenBytes = env.metrics().counter("quorate_raftstore_log_written_bytes_total");
        LogRecovery.Recovered found = new LogRecovery(env, config, new Reader()).run();
        this.ledger = found.ledger();
        this.recovered = new ConcurrentSkipListMap<>(found.groups());
        this.tombstones.putAll(ledger.tombstones());
        this.lastLsn = found.nextLsn() - 1;
        this.durableLsn = lastLsn;
        for (Segment segment : found.segments()) {
            segments.put(segment.sequence(), segment);
        }
        this.active = segments.isEmpty() ? begin(1) : segments.lastEntry().getValue();
        // The log's own directory is a name too.
        env.disk().syncDirectory("");
        env.metrics().gauge("quorate_raftstore_log_bytes", this::bytes);
    }

    /// The log of one group, with what was recovered of it. Once per group, before it is written to.
    /// From then on the log belongs to the caller's loop, which keeps new entries in `cache`.
    public GroupLog openGroup(GroupId group, EntryCache cache) {
        GroupLog found = recovered.remove(group);
        GroupLog groupLog = found == null ? new GroupLog(group, new Reader()) : found;
        groupLog.cacheIn(cache);
        return groupLog;
    }

    /// As [#openGroup], of a group whose state is not on this node: entries that are left of it are of
    /// no use. Only what it promised holds.
    public GroupLog openGroupAnew(GroupId group, EntryCache cache) {
        GroupLog found = openGroup(group, cache);
        if (found.lastIndex() == 0) {
            return found;
        }
        GroupLog anew = new GroupLog(group, new Reader());
        anew.recovered(found.hardState());
        anew.cacheIn(cache);
        return anew;
    }

    /// As of which entry the group was destroyed here; 0 if it never was.
    public long tombstone(GroupId group) {
        return tombstones.getOrDefault(group, 0L);
    }

    /// The groups of which entries were found that nobody opened.
    public List<GroupId> unopened() {
        return recovered.values().stream()
                .filter(group -> group.lastIndex() > 0)
                .map(GroupLog::group)
                .toList();
    }

    /// The groups that nobody opened and whose snapshot was begun to be installed and not ended.
    public List<GroupId> unfinished() {
        return recovered.values().stream()
                .filter(group -> group.installingIndex() != 0)
                .map(GroupLog::group)
                .toList();
    }

    /// Makes a batch durable as one record. Returns after the sync; if that fails, the node halts.
    public void write(LogBatch batch) {
        Check.that(!batch.isEmpty(), "a batch holds something");
        try {
            append(batch);
            sync();
        } catch (IOException e) {
            throw failed("write to the log", e);
        }
    }

    /// Whether the last record is not yet covered by a later one that says it is durable.
    public boolean needsMark() {
        return durableLsn == lastLsn && !markIsLast && lastLsn > 0;
    }

    /// What is worth doing after a write, when those who waited for it were told: deletes the oldest
    /// segments as far as nothing in them is needed, and prepares room for the next writes.
    public void tidyUp() {
        try {
            purge();
            active.fillAhead(config.extentBytes(), config.segmentBytes());
        } catch (IOException e) {
            throw failed("tidy up the log", e);
        }
    }

    /// Writes, without a sync, that everything so far is durable: so that later damage to the last
    /// record is known for what it is. For when the writer falls idle.
    public void writeMark() {
        Check.that(needsMark(), "a mark follows a durable record");
        try {
            append(new LogBatch());
        } catch (IOException e) {
            throw failed("mark the end of the log", e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Segment segment : segments.values()) {
            segment.close();
        }
        lock.close();
    }

    private void append(LogBatch batch) throws IOException {
        Check.that(!failed, "a log that failed once is never written again");
        int length = encoder.encode(batch);
        if (active.hasRecords() && active.end() > config.segmentBytes() - length) {
            sync();
            active = begin(active.sequence() + 1);
        }
        ByteBuffer record = encoder.seal(lastLsn + 1, durableLsn, active.sequence());
        int start = active.append(record, config.extentBytes());
        lastLsn++;
        markIsLast = batch.isEmpty();
        writtenBytes.add(length);
        for (LogBatch.Item item : batch.items()) {
            if (item instanceof EntriesItem entries) {
                entries.writtenTo(active.sequence(), start);
            }
            if (item instanceof LogBatch.DestroyItem(GroupId group, long index)) {
                tombstones.merge(group, index, Math::max);
            }
            ledger.wrote(item, active.sequence());
        }
    }

    private void sync() throws IOException {
        if (durableLsn == lastLsn) {
            return;
        }
        if (!config.syncSkipped()) {
            active.sync();
        }
        fsyncs.increment();
        durableLsn = lastLsn;
    }

    private Segment begin(long sequence) throws IOException {
        Check.that(durableLsn == lastLsn, "a segment begins after everything is durable");
        Segment segment =
                Segment.create(
                        env.disk(),
                        new SegmentHeader(
                                LogFormat.VERSION,
                                config.clusterId(),
                                env.node().value(),
                                sequence,
                                lastLsn + 1),
                        Math.min(config.extentBytes(), config.segmentBytes()));
        segments.put(sequence, segment);
        return segment;
    }

    private void purge() throws IOException {
        long through = 0;
        for (long sequence : segments.keySet()) {
            if (sequence == active.sequence() || !ledger.isDead(sequence)) {
                break;
            }
            through = sequence;
        }
        if (through == 0) {
            return;
        }
        LogBatch carried = ledger.carriedForward(through);
        if (carried != null) {
            append(carried);
            sync();
        }
        while (segments.firstKey() <= through) {
            drop(segments.firstEntry().getValue());
        }
    }

    /// One at a time, each durably: a later segment must never be gone while an earlier one is not.
    private void drop(Segment segment) throws IOException {
        segments.remove(segment.sequence());
        segment.close();
        env.disk().delete(LogFormat.path(segment.sequence()));
        env.disk().syncDirectory(LogFormat.DIRECTORY);
        ledger.purged(segment.sequence());
    }

    private long bytes() {
        long bytes = 0;
        for (Segment segment : segments.values()) {
            bytes += segment.filled();
        }
        return bytes;
    }

    private QuorateException failed(String what, IOException cause) {
        failed = true;
        env.halt("cannot " + what + ": nobody knows what is on the disk now", cause);
        return new QuorateException(ErrorCode.IO_ERROR, "cannot " + what, cause);
    }

    /// Reads entries back on behalf of the groups' logs.
    private final class Reader implements GroupLog.Segments {
        @Override
        public ByteSlice read(long sequence, int offset, int length) {
            @Nullable Segment segment = segments.get(sequence);
            try {
                return Check.present(segment, "an entry's segment is there as long as the entry")
                        .read(offset, length);
            } catch (IOException e) {
                throw failed("read an entry back", e);
            }
        }

        @Override
        public QuorateException rotted(GroupId group, long index, long sequence, int offset) {
            QuorateException damage =
                    new QuorateException(
                            ErrorCode.DATA_CORRUPTED,
                            "entry %d of %s is damaged in log segment %s at offset %d"
                                    .formatted(index, group, LogFormat.path(sequence), offset));
            env.halt("an entry of the log is damaged", damage);
            return damage;
        }
    }
}
