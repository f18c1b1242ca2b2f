package io.quorate.txn.read;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.call.Backoff;
import io.quorate.txn.call.Fanout;
import io.quorate.txn.call.RegionCalls;
import io.quorate.txn.lock.LockResolver;
import io.quorate.txn.lock.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the keys as of one timestamp, whatever commits meanwhile.
///
/// A lock on the way belongs to a transaction that may have committed before the snapshot: its primary
/// tells. One that goes on is pushed past the snapshot, once; from then on its locks are passed over.
public final class SnapshotReader {
    private static final int PAGE_BYTES_MAX = 1 << 20;

    /// How many lost answers in a row a read takes.
    private static final int UNANSWERED_MAX = 5;

    private static final long BACKOFF_FIRST_NANOS = 1_000_000;
    private static final long BACKOFF_MAX_NANOS = 100_000_000;

    /// A read waits for a lock that can neither be pushed nor settled at most that long. Locks live for
    /// seconds, so it ends in an error only when a primary's region is out of reach.
    private static final long LOCK_PATIENCE_NANOS = 30_000_000_000L;

    private final RegionCalls calls;
    private final LockResolver resolver;
    private final Supplier<Timestamp> snapshot;
    private final ReentrantLock lock = new ReentrantLock();

    /// Transactions that commit after the snapshot, or never. Guarded by `lock`: parts of one read run
    /// side by side.
    private final SortedSet<Timestamp> passedOver = new TreeSet<>();

    /// @param snapshot the timestamp to read at; always the same one, but where a fault is being shown
    public SnapshotReader(RegionCalls calls, LockResolver resolver, Supplier<Timestamp> snapshot) {
        this.calls = calls;
        this.resolver = resolver;
        this.snapshot = snapshot;
    }

    public @Nullable ByteSlice get(ByteSlice key) {
        return getAll(List.of(key)).get(key);
    }

    /// The keys that have a value, with it, in no order. Keys come in ascending order.
    public Map<ByteSlice, ByteSlice> getAll(List<ByteSlice> keys) {
        Map<ByteSlice, ByteSlice> found = HashMap.newHashMap(keys.size());
        List<ByteSlice> open = keys;
        Waiting waiting = new Waiting();
        for (int tries = 0; !open.isEmpty(); tries++) {
            if (tries > 0) {
                waiting.pause();
            }
            List<Supplier<Part>> parts = new ArrayList<>();
            for (List<ByteSlice> batch : calls.batches(open)) {
                parts.add(() -> getBatch(batch));
            }
            List<ByteSlice> again = new ArrayList<>();
            for (Part part : Fanout.all(calls.env(), "get", parts)) {
                if (part.values() == null) {
                    again.addAll(part.keys());
                } else {
                    for (int i = 0; i < part.keys().size(); i++) {
                        ByteSlice value = part.values().get(i);
                        if (value != null) {
                            found.put(part.keys().get(i), value);
                        }
                    }
                }
            }
            open = again;
        }
        return found;
    }

    /// Rows from the front of a range (backwards: from its end), up to `limit`.
    public Page page(KeyRange range, boolean reverse, int limit) {
        Check.that(limit > 0, "a page has at least one row");
        Waiting waiting = new Waiting();
        while (true) {
            KeyRange region = calls.firstRegion(range, reverse).range();
            KeyRange part = region.intersect(range);
            Timestamp read = snapshot.get();
            Answer answer =
                    ask(
                            part.start(),
                            header ->
                                    new RegionRequest.Scan(
                                            header,
                                            part,
                                            reverse,
                                            limit,
                                            PAGE_BYTES_MAX,
                                            read,
                                            passedOver()));
            if (answer == null) {
                waiting.pause();
                continue;
            }
            RegionReply.Rows rows = RegionCalls.as(RegionReply.Rows.class, answer);
            if (rows.error() != null) {
                settle(rows.error(), read, waiting);
                continue;
            }
            return new Page(rows.rows(), rest(range, part, rows.resumeAt(), reverse));
        }
    }

    /// Some rows, and the range that is left to read; null when all is read.
    public record Page(List<KeyValue> rows, @Nullable KeyRange rest) {}

    /// The values of keys in order; null when they have to be asked for again.
    private record Part(List<ByteSlice> keys, @Nullable List<@Nullable ByteSlice> values) {}

    private Part getBatch(List<ByteSlice> keys) {
        Waiting waiting = new Waiting();
        while (true) {
            Timestamp read = snapshot.get();
            Answer answer =
                    ask(
                            keys.getFirst(),
                            header -> new RegionRequest.Get(header, keys, read, passedOver()));
            if (answer == null) {
                return new Part(keys, null);
            }
            RegionReply.Values values = RegionCalls.as(RegionReply.Values.class, answer);
            if (values.error() == null) {
                Check.that(values.values().size() == keys.size(), "one answer for each asked key");
                return new Part(keys, values.values());
            }
            settle(values.error(), read, waiting);
        }
    }

    /// Null where borders moved. A lost answer means nothing for a read: it is asked again.
    private @Nullable Answer ask(ByteSlice key, Function<RegionHeader, RegionRequest> request) {
        Backoff backoff = new Backoff(calls.env(), BACKOFF_FIRST_NANOS, BACKOFF_MAX_NANOS);
        for (int tries = 1; true; tries++) {
            switch (calls.send(key, RegionCalls.TIMEOUT_NANOS, request)) {
                case SendResult.Answered(Answer answer) -> {
                    return answer;
                }
                case SendResult.Regroup() -> {
                    return null;
                }
                case SendResult.Unavailable(String why) -> throw RegionCalls.unavailable(key, why);
                case SendResult.Unknown(String why) -> {
                    if (tries == UNANSWERED_MAX) {
                        throw RegionCalls.unavailable(key, why);
                    }
                    backoff.pause();
                }
            }
        }
    }

    private void settle(KeyError error, Timestamp read, Waiting waiting) {
        if (!(error instanceof KeyError.Locked(LockInfo met))) {
            throw Check.unreachable("a read is never answered by " + error);
        }
        switch (resolver.settleForRead(met, read)) {
            case Settlement.Cleared() -> {}
            case Settlement.PassOver() -> passOver(met.start());
            case Settlement.Held() -> waiting.forLock(met, "it is still being prewritten");
            case Settlement.Unreachable(String why) -> waiting.forLock(met, why);
        }
    }

    private void passOver(Timestamp start) {
        lock.lock();
        try {
            passedOver.add(start);
        } finally {
            lock.unlock();
        }
    }

    private List<Timestamp> passedOver() {
        lock.lock();
        try {
            return List.copyOf(passedOver);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable KeyRange rest(
            KeyRange range, KeyRange part, @Nullable ByteSlice resumeAt, boolean reverse) {
        KeyRange rest;
        if (reverse) {
            rest = new KeyRange(range.start(), resumeAt == null ? part.start() : resumeAt);
        } else {
            ByteSlice from = resumeAt == null ? part.end() : resumeAt;
            if (from == null) {
                return null;
            }
            rest = new KeyRange(from, range.end());
        }
        return rest.isEmpty() ? null : rest;
    }

    /// The pauses of one read, by one thread.
    private final class Waiting {
        private final Backoff backoff =
                new Backoff(calls.env(), BACKOFF_FIRST_NANOS, BACKOFF_MAX_NANOS);
        private final long deadline = calls.env().clock().nanos() + LOCK_PATIENCE_NANOS;

        void pause() {
            backoff.pause();
        }

        void forLock(LockInfo met, String why) {
            if (calls.env().clock().nanos() >= deadline) {
                throw new QuorateException(
                                ErrorCode.CANNOT_CONNECT_NOW,
                                "the lock on key " + met.key() + " cannot be settled: " + why)
                        .withDetail(
                                "Transaction "
                                        + met.start()
                                        + " left it; its primary is key "
                                        + met.primary()
                                        + ".");
            }
            pause();
        }
    }
}
