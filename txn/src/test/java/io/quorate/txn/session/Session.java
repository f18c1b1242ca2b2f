package io.quorate.txn.session;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.LockedRow;
import io.quorate.txn.api.Transaction.RowCursor;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.WaitPolicy;
import io.quorate.txn.model.TxnWorld;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A session that runs statements as SQL's would: a statement whose row turned out newer runs again at
/// READ COMMITTED.
final class Session {
    private static final int RERUNS_MAX = 64;

    private final TxnWorld cluster;
    private final int node;
    private final Map<String, Integer> savepoints = new TreeMap<>();
    private @Nullable Transaction transaction;

    Session(TxnWorld cluster, int node) {
        this.cluster = cluster;
        this.node = node;
    }

    /// Runs one command and tells what came of it.
    String execute(List<String> words) {
        try {
            return run(words);
        } catch (QuorateException error) {
            return error.code().sqlState() + " " + error.code();
        }
    }

    private String run(List<String> words) {
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "begin" -> begin(rest.getFirst(), rest.size() > 1 ? rest.get(1) : "0");
            case "select" -> statement(() -> select(rest));
            case "scan" -> statement(() -> scan(rest, false));
            case "scanback" -> statement(() -> scan(rest, true));
            case "forupdate" -> statement(() -> forUpdate(rest, WaitPolicy.WAIT));
            case "nowait" -> statement(() -> forUpdate(rest, WaitPolicy.NOWAIT));
            case "skiplocked" -> statement(() -> forUpdate(rest, WaitPolicy.SKIP_LOCKED));
            case "update" -> statement(() -> update(rest.getFirst(), rest.get(1)));
            case "add" -> statement(() -> add(rest.getFirst(), Integer.parseInt(rest.get(1))));
            case "bump" -> statement(() -> bump(rest.getFirst(), Integer.parseInt(rest.get(1))));
            case "insert" -> statement(() -> insert(rest.getFirst(), rest.get(1)));
            case "delete" -> statement(() -> delete(rest.getFirst()));
            case "savepoint" -> savepoint(rest.getFirst());
            case "rollbackto" -> rollbackTo(rest.getFirst());
            case "commit" -> {
                active().commit(Timestamp.MAX);
                yield "committed";
            }
            case "rollback" -> {
                active().rollback();
                yield "rolled back";
            }
            default -> throw new IllegalArgumentException("no such command: " + words);
        };
    }

    private String begin(String how, String lockTimeoutMillis) {
        TransactionOptions base =
                switch (how) {
                    case "rc" -> TxnWorld.READ_COMMITTED;
                    case "rr" -> TxnWorld.REPEATABLE_READ;
                    case "optimistic" -> TxnWorld.OPTIMISTIC;
                    case "auto" -> TxnWorld.AUTOCOMMIT;
                    default -> throw new IllegalArgumentException(how);
                };
        transaction =
                cluster.node(node)
                        .begin(
                                new TransactionOptions(
                                        base.isolation(),
                                        base.lockMode(),
                                        base.readOnly(),
                                        base.autocommit(),
                                        Long.parseLong(lockTimeoutMillis)));
        return "";
    }

    private String statement(Supplier<String> body) {
        active().beginStatement();
        for (int run = 1; true; run++) {
            try {
                String result = body.get();
                active().endStatement();
                return result + (run > 1 ? " (run " + run + ")" : "");
            } catch (QuorateException error) {
                if (error.code() != ErrorCode.NEWER_ROW || run == RERUNS_MAX) {
                    throw error;
                }
                active().restartStatement();
            }
        }
    }

    private String select(List<String> keys) {
        Map<ByteSlice, ByteSlice> rows = active().getAll(keys.stream().map(TxnWorld::key).toList());
        List<String> found = new ArrayList<>();
        rows.forEach((key, value) -> found.add(key.toUtf8() + "=" + value.toUtf8()));
        return String.join(" ", found);
    }

    /// As an addition, without a look at the row before it is locked.
    private String bump(String key, int amount) {
        ByteSlice row = active().lockNewest(TxnWorld.key(key));
        if (row == null) {
            return "no row";
        }
        String value = Integer.toString(Integer.parseInt(row.toUtf8()) + amount);
        active().put(TxnWorld.key(key), TxnWorld.key(value));
        return key + "=" + value;
    }

    private String scan(List<String> bounds, boolean reverse) {
        KeyRange range = new KeyRange(TxnWorld.key(bounds.getFirst()), TxnWorld.key(bounds.get(1)));
        List<String> found = new ArrayList<>();
        try (RowCursor rows = active().scan(range, reverse, 0)) {
            for (KeyValue row = rows.next(); row != null; row = rows.next()) {
                found.add(row.key().toUtf8() + "=" + row.value().toUtf8());
            }
        }
        return String.join(" ", found);
    }

    private String forUpdate(List<String> keys, WaitPolicy wait) {
        List<LockedRow> rows = active().lock(keys.stream().map(TxnWorld::key).toList(), wait);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            ByteSlice value = rows.get(i).value();
            if (rows.get(i).skipped()) {
                found.add(keys.get(i) + " skipped");
            } else if (value != null) {
                found.add(keys.get(i) + "=" + value.toUtf8());
            }
        }
        return String.join(" ", found);
    }

    private String update(String key, String value) {
        lockOne(key);
        active().put(TxnWorld.key(key), TxnWorld.key(value));
        return "updated";
    }

    private String add(String key, int amount) {
        ByteSlice value = lockOne(key);
        int sum = amount + (value == null ? 0 : Integer.parseInt(value.toUtf8()));
        active().put(TxnWorld.key(key), TxnWorld.key(Integer.toString(sum)));
        return key + "=" + sum;
    }

    private String insert(String key, String value) {
        active().insert(
                        TxnWorld.key(key),
                        TxnWorld.key(value),
                        () -> new QuorateException(ErrorCode.UNIQUE_VIOLATION, key));
        return "inserted";
    }

    private String delete(String key) {
        boolean there = lockOne(key) != null;
        active().delete(TxnWorld.key(key));
        return there ? "deleted" : "deleted nothing";
    }

    private @Nullable ByteSlice lockOne(String key) {
        return active().lock(Arrays.asList(TxnWorld.key(key)), WaitPolicy.WAIT).getFirst().value();
    }

    private String savepoint(String name) {
        savepoints.put(name, active().savepoint());
        return "";
    }

    private String rollbackTo(String name) {
        Integer mark = savepoints.get(name);
        if (mark == null) {
            throw new IllegalArgumentException(name);
        }
        active().rollbackTo(mark);
        return "";
    }

    private Transaction active() {
        if (transaction == null) {
            throw new IllegalStateException("begin first");
        }
        return transaction;
    }
}
