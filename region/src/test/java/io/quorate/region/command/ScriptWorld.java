package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.api.TxnStatus;
import io.quorate.region.mvcc.LockRecord;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.RangeScan;
import io.quorate.region.mvcc.ReadView;
import io.quorate.region.mvcc.VersionKey;
import io.quorate.region.mvcc.WriteRecord;
import io.quorate.region.testing.MemoryEngine;
import io.quorate.region.testing.MemoryStorage;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One region without Raft: runs the commands of a script on an engine in memory and shows what they
/// answer and what they leave behind.
final class ScriptWorld {
    private static final RegionHeader HEADER =
            new RegionHeader(new RegionId(2), new RegionEpoch(1, 1));

    private final StorageEngine engine = new MemoryEngine(new MemoryStorage());

    /// The lines a command prints.
    List<String> run(String text) {
        ScriptLine line = new ScriptLine(text);
        return switch (line.name()) {
            case "prewrite" -> write(prewrite(line));
            case "lock" -> write(pessimisticLock(line));
            case "pessimistic_rollback" ->
                    write(
                            new PessimisticRollbackCommand(
                                    new RegionRequest.PessimisticRollback(
                                            HEADER,
                                            line.keys(),
                                            line.time("start"),
                                            line.time("for_update"))));
            case "commit" ->
                    write(
                            new CommitCommand(
                                    new RegionRequest.Commit(
                                            HEADER,
                                            line.keys(),
                                            line.time("start"),
                                            line.time("commit"))));
            case "rollback" ->
                    write(
                            new RollbackCommand(
                                    new RegionRequest.Rollback(
                                            HEADER,
                                            line.keys(),
                                            line.time("start"),
                                            line.has("protect"))));
            case "check_txn_status" -> write(checkTxnStatus(line));
            case "resolve" ->
                    write(
                            new ResolveLockCommand(
                                    new RegionRequest.ResolveLock(
                                            HEADER,
                                            line.keys(),
                                            line.time("start"),
                                            line.timeOrNull("commit"))));
            case "heartbeat" ->
                    write(
                            new TxnHeartbeatCommand(
                                    new RegionRequest.TxnHeartbeat(
                                            HEADER,
                                            line.key("primary"),
                                            line.time("start"),
                                            line.number("ttl", 0))));
            case "get" -> get(line);
            case "scan" -> scan(line);
            case "state" -> state();
            default -> throw new IllegalArgumentException("no such command: " + line.name());
        };
    }

    private List<String> write(WriteCommand command) {
        try (EngineSnapshot snapshot = engine.snapshot();
                MvccReader reader = new MvccReader(snapshot, KeyRange.ALL)) {
            WriteCommand.Outcome outcome = command.evaluate(reader);
            engine.write(outcome.writes());
            return List.of(show(outcome.reply()));
        }
    }

    private static WriteCommand prewrite(ScriptLine line) {
        Timestamp start = line.time("start");
        List<Mutation> mutations = new ArrayList<>();
        for (Map.Entry<String, List<String>> word : line.words().entrySet()) {
            for (String text : word.getValue()) {
                LockKind kind =
                        switch (word.getKey()) {
                            case "put", "insert" -> LockKind.PUT;
                            case "delete" -> LockKind.DELETE;
                            case "lock" -> LockKind.LOCK;
                            default -> null;
                        };
                if (kind != null) {
                    mutations.add(mutation(kind, word.getKey().equals("insert"), text, start));
                }
            }
        }
        return new PrewriteCommand(
                new RegionRequest.Prewrite(
                        HEADER,
                        mutations,
                        line.key("primary"),
                        start,
                        line.time("for_update", Timestamp.ZERO),
                        line.number("ttl", 3000),
                        line.has("one_phase"),
                        line.time("max_commit", Timestamp.MAX)),
                line.time("max_read", Timestamp.ZERO),
                line.has("ignore_locks"));
    }

    /// `key[:value][,pessimistic][,floor=N]`
    private static Mutation mutation(
            LockKind kind, boolean mustNotExist, String text, Timestamp start) {
        String[] parts = text.split(",");
        int colon = parts[0].indexOf(':');
        String key = colon < 0 ? parts[0] : parts[0].substring(0, colon);
        ByteSlice value =
                colon < 0 ? ByteSlice.EMPTY : ScriptLine.parseValue(parts[0].substring(colon + 1));
        boolean pessimistic = false;
        Timestamp floor = start;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].equals("pessimistic")) {
                pessimistic = true;
            } else if (parts[i].startsWith("floor=")) {
                floor = ScriptLine.parseTime(parts[i].substring("floor=".length()));
            } else {
                throw new IllegalArgumentException("no such part of a mutation: " + parts[i]);
            }
        }
        return new Mutation(kind, ByteSlice.utf8(key), value, mustNotExist, pessimistic, floor);
    }

    private static WriteCommand pessimisticLock(ScriptLine line) {
        return new PessimisticLockCommand(
                new RegionRequest.PessimisticLock(
                        HEADER,
                        line.keys(),
                        line.key("primary"),
                        line.time("start"),
                        line.time("for_update", line.time("start")),
                        line.number("ttl", 3000),
                        0,
                        line.has("must_not_exist"),
                        line.has("newest"),
                        line.has("return_values")));
    }

    private static WriteCommand checkTxnStatus(ScriptLine line) {
        return new CheckTxnStatusCommand(
                new RegionRequest.CheckTxnStatus(
                        HEADER,
                        line.key("primary"),
                        line.time("start"),
                        line.time("caller", Timestamp.ZERO),
                        line.time("now", line.time("start")),
                        line.has("rollback_if_missing"),
                        line.has("resolving_pessimistic")));
    }

    private List<String> get(ScriptLine line) {
        ReadView view = view(line);
        List<String> out = new ArrayList<>();
        try (EngineSnapshot snapshot = engine.snapshot();
                MvccReader reader = new MvccReader(snapshot, KeyRange.ALL)) {
            for (ByteSlice key : line.keys()) {
                LockInfo blocking = reader.blockingLock(key, view);
                if (blocking != null) {
                    out.add("blocked by " + show(blocking));
                    continue;
                }
                ByteSlice value = reader.valueAt(key, view.read());
                out.add(
                        key.toUtf8()
                                + (value == null ? " is absent" : "=" + ScriptLine.show(value)));
            }
        }
        return out;
    }

    private List<String> scan(ScriptLine line) {
        KeyRange range =
                new KeyRange(
                        ByteSlice.utf8(line.text("from", "")),
                        line.has("to") ? line.key("to") : null);
        int limit = (int) line.number("limit", Integer.MAX_VALUE);
        int bytesMax = (int) line.number("bytes", Integer.MAX_VALUE);
        RangeScan.Page page;
        try (EngineSnapshot snapshot = engine.snapshot()) {
            page =
                    RangeScan.scan(
                            snapshot, range, line.has("reverse"), limit, bytesMax, view(line));
        }
        List<String> out = new ArrayList<>();
        if (page.blocking() != null) {
            out.add("blocked by " + show(page.blocking()));
        }
        page.rows()
                .forEach(row -> out.add(row.key().toUtf8() + "=" + ScriptLine.show(row.value())));
        out.add(
                page.resumeAt() == null
                        ? "end"
                        : "resume at " + page.resumeAt().toUtf8().replace("\0", "\\0"));
        return out;
    }

    private static ReadView view(ScriptLine line) {
        List<Timestamp> resolved = new ArrayList<>();
        if (line.has("resolved")) {
            for (String start : line.text("resolved").split(",")) {
                resolved.add(ScriptLine.parseTime(start));
            }
        }
        return new ReadView(line.time("read"), resolved, line.has("ignore_locks"));
    }

    private List<String> state() {
        List<String> out = new ArrayList<>();
        try (EngineSnapshot snapshot = engine.snapshot()) {
            try (EngineSnapshot.Cursor locks = all(snapshot, Family.LOCK)) {
                for (locks.seekToFirst(); locks.valid(); locks.next()) {
                    LockRecord lock = LockRecord.decode(locks.value());
                    String value = value(lock.shortValue());
                    out.add("lock " + show(lock.info(locks.key())) + value);
                }
            }
            try (EngineSnapshot.Cursor writes = all(snapshot, Family.WRITE)) {
                for (writes.seekToFirst(); writes.valid(); writes.next()) {
                    WriteRecord record = WriteRecord.decode(writes.value());
                    out.add(
                            "write "
                                    + VersionKey.userKey(writes.key()).toUtf8()
                                    + " at "
                                    + ScriptLine.show(VersionKey.timestamp(writes.key()))
                                    + " "
                                    + record.kind()
                                    + " start="
                                    + ScriptLine.show(record.start())
                                    + (record.protectedRollback() ? " protected" : "")
                                    + value(record.shortValue()));
                }
            }
            try (EngineSnapshot.Cursor values = all(snapshot, Family.DEFAULT)) {
                for (values.seekToFirst(); values.valid(); values.next()) {
                    out.add(
                            "value "
                                    + VersionKey.userKey(values.key()).toUtf8()
                                    + " of "
                                    + ScriptLine.show(VersionKey.timestamp(values.key()))
                                    + value(values.value()));
                }
            }
        }
        return out.isEmpty() ? List.of("nothing") : out;
    }

    private static EngineSnapshot.Cursor all(EngineSnapshot snapshot, Family family) {
        return snapshot.cursor(family, ByteSlice.EMPTY, null);
    }

    private static String value(@Nullable ByteSlice value) {
        return value == null ? "" : " =" + ScriptLine.show(value);
    }

    private static String show(RegionReply.Answer answer) {
        KeyError error = answer.error();
        if (error != null) {
            return show(error);
        }
        return switch (answer) {
            case RegionReply.Prewritten prewritten ->
                    prewritten.committedAt() == null
                            ? "prewritten min_commit=" + ScriptLine.show(prewritten.minCommit())
                            : "committed at " + ScriptLine.show(prewritten.committedAt());
            case RegionReply.Locked locked -> {
                StringBuilder text = new StringBuilder("locked");
                for (ByteSlice value : locked.values()) {
                    text.append(value == null ? " absent" : " =" + ScriptLine.show(value));
                }
                yield text.toString();
            }
            case RegionReply.Done _ -> "ok";
            case RegionReply.Status status -> show(status.status());
            case RegionReply.Values _,
                    RegionReply.Rows _,
                    RegionReply.Locks _,
                    RegionReply.Split _ ->
                    throw new IllegalArgumentException("no command answers " + answer);
        };
    }

    private static String show(@Nullable TxnStatus status) {
        return switch (status) {
            case null -> throw new IllegalArgumentException("a status without an error is given");
            case TxnStatus.Live live ->
                    "live min_commit="
                            + ScriptLine.show(live.minCommit())
                            + " ttl="
                            + live.lock().ttlMillis();
            case TxnStatus.Committed committed ->
                    "committed at " + ScriptLine.show(committed.commit());
            case TxnStatus.RolledBack _ -> "rolled back";
            case TxnStatus.PessimisticLockGone _ -> "pessimistic lock gone";
            case TxnStatus.Missing _ -> "missing";
        };
    }

    private static String show(KeyError error) {
        return switch (error) {
            case KeyError.Locked locked -> "error: locked by " + show(locked.lock());
            case KeyError.WriteConflict conflict ->
                    "error: write conflict on "
                            + conflict.key().toUtf8()
                            + " with commit "
                            + ScriptLine.show(conflict.conflictCommit())
                            + " of "
                            + ScriptLine.show(conflict.conflictStart());
            case KeyError.AlreadyExists exists ->
                    "error: " + exists.key().toUtf8() + " already exists";
            case KeyError.PessimisticLockNotFound lost ->
                    "error: pessimistic lock on " + lost.key().toUtf8() + " not found";
            case KeyError.RolledBack rolledBack ->
                    "error: rolled back on " + rolledBack.key().toUtf8();
            case KeyError.Committed committed ->
                    "error: committed at " + ScriptLine.show(committed.commit());
            case KeyError.CommitTooEarly early ->
                    "error: commit on "
                            + early.key().toUtf8()
                            + " too early, least "
                            + ScriptLine.show(early.minCommit());
            case KeyError.CommitTooLate late ->
                    "error: commit would lie after " + ScriptLine.show(late.maxCommit());
            case KeyError.LockNotFound missing ->
                    "error: lock on " + missing.key().toUtf8() + " not found";
            case KeyError.WaitTimeout timeout ->
                    "error: waited too long for " + show(timeout.lock());
        };
    }

    private static String show(LockInfo lock) {
        return lock.key().toUtf8()
                + " "
                + lock.kind()
                + " start="
                + ScriptLine.show(lock.start())
                + " primary="
                + lock.primary().toUtf8()
                + " ttl="
                + lock.ttlMillis()
                + " for_update="
                + ScriptLine.show(lock.forUpdate())
                + " min_commit="
                + ScriptLine.show(lock.minCommit());
    }
}
