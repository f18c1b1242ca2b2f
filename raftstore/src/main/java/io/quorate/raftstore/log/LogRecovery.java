package io.quorate.raftstore.log;

import io.quorate.common.check.Check;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.log.LogFormat.SegmentHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the segments at start and tells a torn end from rot.
///
/// Records are numbered without gaps. At the first one that cannot be read, number *x*:
///
/// - if a later record of the segment carries a durable number of *x* or more, or a later segment
///   exists (it is only begun when everything before it is durable), then *x* was synced once and
///   rotted: refuse to start;
/// - otherwise *x* was being written when the power went: nobody was promised anything of it or of
///   what follows, so the log ends before it.
///
/// What then lies behind the end is overwritten with zeros, and the segment and its name are synced
/// before anything new is written, because what was read may so far exist only in the memory of the
/// machine.
final class LogRecovery {
    private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

    private final Env env;
    private final LogConfig config;
    private final GroupLog.Segments source;
    private final TreeMap<GroupId, GroupLog> groups = new TreeMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private final Ledger ledger = new Ledger();
    private long nextLsn = 1;

    LogRecovery(Env env, LogConfig config, GroupLog.Segments source) {
        this.env = env;
        this.config = config;
        this.source = source;
    }

    /// What was found. `segments` is empty on a new store; the last of them is to be written on.
    record Recovered(
            List<Segment> segments,
            TreeMap<GroupId, GroupLog> groups,
            Ledger ledger,
            long nextLsn) {}

    Recovered run() throws IOException {
        List<Long> sequences = sequencesFound();
        for (int place = 0; place < sequences.size(); place++) {
            boolean last = place == sequences.size() - 1;
            if (place > 0 && sequences.get(place) != sequences.get(place - 1) + 1) {
                throw corrupted(sequences.get(place - 1) + 1, 0, "the file is missing");
            }
            readSegment(sequences.get(place), place == 0, last);
        }
        for (GroupLog group : groups.values()) {
            checkBeginning(group);
        }
        return new Recovered(segments, groups, ledger, nextLsn);
    }

    private List<Long> sequencesFound() throws IOException {
        List<Long> sequences = new ArrayList<>();
        for (String name : env.disk().list(LogFormat.DIRECTORY)) {
            if (name.endsWith(".log")) {
                sequences.add(Long.parseLong(name, 0, name.length() - 4, 16));
            }
        }
        return sequences;
    }

    private void readSegment(long sequence, boolean first, boolean last) throws IOException {
        DiskFile file = env.disk().open(LogFormat.path(sequence));
        SegmentScanner scanner = new SegmentScanner(file);
        SegmentHeader header = scanner.header();
        if (header == null) {
            file.close();
            if (!last || scanner.provesDurable(0, sequence)) {
                throw corrupted(sequence, 0, "its header is damaged");
            }
            dropUnfinished(sequence);
            return;
        }
        checkIdentity(header, sequence);
        if (first) {
            nextLsn = header.firstLsn();
        } else if (header.firstLsn() != nextLsn) {
            throw corrupted(
                    sequence - 1,
                    Check.present(segments.getLast(), "a segment before this one").end(),
                    "records " + nextLsn + " to " + (header.firstLsn() - 1) + " are missing");
        }
        while (scanner.next(nextLsn, sequence)) {
            take(scanner, sequence);
            nextLsn++;
        }
        segments.add(new Segment(header, file, scanner.position(), scanner.size()));
        if (last) {
            endAt(scanner, sequence);
        }
    }

    private void checkIdentity(SegmentHeader header, long sequence) {
        String path = LogFormat.path(sequence);
        if (header.version() > LogFormat.VERSION) {
            throw new QuorateException(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "log segment %s has format version %d, this release reads up to %d"
                                    .formatted(path, header.version(), LogFormat.VERSION))
                    .withHint("Start the release that wrote it, or a newer one.");
        }
        if (header.clusterId() != config.clusterId() || header.node() != env.node().value()) {
            throw new QuorateException(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "log segment %s belongs to node n%d of cluster %x, not to %s of %x"
                                    .formatted(
                                            path,
                                            header.node(),
                                            header.clusterId(),
                                            env.node(),
                                            config.clusterId()))
                    .withHint("Give every node its own data directory, and keep it for good.");
        }
        if (header.sequence() != sequence) {
            throw corrupted(sequence, 0, "its header says segment " + header.sequence());
        }
    }

    private void take(SegmentScanner scanner, long sequence) {
        ItemReader items = new ItemReader(scanner.payload());
        int recordOffset = scanner.payloadOffset() - LogFormat.RECORD_HEADER_BYTES;
        try {
            while (items.hasNext()) {
                LogBatch.Item item = items.next(sequence, recordOffset);
                ledger.wrote(item, sequence);
                if (!takeIn(item)) {
                    throw corrupted(
                            sequence, recordOffset, "entries of " + item.group() + " are missing");
                }
            }
        } catch (CorruptBytes e) {
            throw corrupted(sequence, recordOffset, "a whole record does not parse: " + e);
        }
    }

    private boolean takeIn(LogBatch.Item item) {
        if (item instanceof LogBatch.TombstoneItem) {
            return true;
        }
        GroupLog group = groups.computeIfAbsent(item.group(), id -> new GroupLog(id, source));
        return switch (item) {
            case EntriesItem entries -> group.recovered(entries);
            case LogBatch.HardStateItem hardState -> {
                group.recovered(hardState.state());
                yield true;
            }
            case LogBatch.CompactItem compact -> {
                group.compacted(compact.index(), compact.term());
                yield true;
            }
            case LogBatch.SnapshotBeginItem begin -> {
                group.beganSnapshot(begin.index(), begin.term());
                yield true;
            }
            case LogBatch.SnapshotEndItem end -> {
                group.endedSnapshot(end.index());
                yield true;
            }
            case LogBatch.TombstoneItem _ -> true;
            case LogBatch.DestroyItem destroy -> {
                groups.remove(destroy.group());
                yield true;
            }
        };
    }

    /// Decides about what follows the last readable record of the last segment.
    private void endAt(SegmentScanner scanner, long sequence) throws IOException {
        if (scanner.provesDurable(nextLsn, sequence)) {
            throw corrupted(
                    sequence,
                    scanner.position(),
                    "record " + nextLsn + " was synced, and cannot be read any more");
        }
        Segment segment = segments.getLast();
        if (!scanner.clearBehind()) {
            log.info(
                    "log end was torn segment={} offset={} lsn={}",
                    sequence,
                    scanner.position(),
                    nextLsn);
            segment.clearBehindEnd();
        }
        segment.sync();
        env.disk().syncDirectory(LogFormat.DIRECTORY);
    }

    /// A file whose creation was cut short: nothing was ever written behind its header.
    private void dropUnfinished(long sequence) throws IOException {
        log.info("dropped an unfinished log segment={}", sequence);
        env.disk().delete(LogFormat.path(sequence));
        env.disk().syncDirectory(LogFormat.DIRECTORY);
        if (!segments.isEmpty()) {
            segments.getLast().sync();
        }
    }

    private void checkBeginning(GroupLog group) {
        long missing = group.firstIndex() - 1;
        if (missing > ledger.compactedIndex(group.group())) {
            throw corrupted(
                    Check.present(segments.getFirst(), "a group has a segment").sequence(),
                    0,
                    "entries of %s up to %d are gone, and nothing says that they were compacted"
                            .formatted(group.group(), missing));
        }
    }

    private QuorateException corrupted(long sequence, long offset, String what) {
        return new QuorateException(
                        ErrorCode.DATA_CORRUPTED,
                        "log segment %s is damaged at offset %d: %s"
                                .formatted(LogFormat.path(sequence), offset, what))
                .withHint(
                        "Do not start this node with this directory again: a replica that forgets"
                                + " what it acknowledged can undo commits. Give the node an empty"
                                + " directory and a new id, and let it be filled by the others.");
    }
}
