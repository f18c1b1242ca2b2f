package io.quorate.txn.call;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Requests to regions as a coordinator makes them.
public final class RegionCalls {
    /// How long one request may take before its region counts as unreachable. A leader election takes
    /// a second or two.
    public static final long TIMEOUT_NANOS = 10_000_000_000L;

    /// How much one request carries at most: its Raft entry is written, sent and applied in one
    /// piece, and everything behind it in the log waits for that.
    private static final int BATCH_BYTES_MAX = 512 << 10;

    private static final int BATCH_KEYS_MAX = 4_096;
    private static final long BACKOFF_FIRST_NANOS = 2_000_000;
    private static final long BACKOFF_MAX_NANOS = 200_000_000;

    private final Env env;
    private final RegionClient client;

    public RegionCalls(Env env, RegionClient client) {
        this.env = env;
        this.client = client;
    }

    public Env env() {
        return env;
    }

    /// Sends one request to the region that holds `key`.
    public SendResult send(
            ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request) {
        Check.that(timeoutNanos > 0, "a request gets some time");
        return client.send(key, timeoutNanos, request);
    }

    /// An answer as the type that its request promises.
    public static <A extends Answer> A as(Class<A> type, Answer answer) {
        Check.that(type.isInstance(answer), "a region answered another question: %s", answer);
        return type.cast(answer);
    }

    /// Items by the region of their keys, and cut into parts of bearable size. Items come in the order
    /// of their keys and stay in it.
    public <T> List<List<T>> batches(List<T> items, Function<T, ByteSlice> key, Sizer<T> size) {
        List<ByteSlice> keys = new ArrayList<>(items.size());
        items.forEach(item -> keys.add(key.apply(item)));
        List<List<T>> batches = new ArrayList<>();
        int at = 0;
        for (List<ByteSlice> group : client.groupByRegion(keys).values()) {
            List<T> batch = new ArrayList<>();
            long bytes = 0;
            for (ByteSlice inGroup : group) {
                T item = items.get(at++);
                Check.that(key.apply(item).equals(inGroup), "grouping keeps the order of keys");
                if (bytes > BATCH_BYTES_MAX || batch.size() >= BATCH_KEYS_MAX) {
                    batches.add(batch);
                    batch = new ArrayList<>();
                    bytes = 0;
                }
                batch.add(item);
                bytes += size.bytes(item);
            }
            batches.add(batch);
        }
        Check.that(at == items.size(), "every key lies in a region");
        return batches;
    }

    public List<List<ByteSlice>> batches(List<ByteSlice> keys) {
        return batches(keys, key -> key, ByteSlice::length);
    }

    /// The first region (backwards: the last) of a range, as far as known.
    public RegionDescriptor firstRegion(KeyRange range, boolean reverse) {
        List<RegionDescriptor> regions = client.regionsOf(range);
        if (regions.isEmpty()) {
            throw unavailable(range.start(), "no region is known");
        }
        return reverse ? regions.getLast() : regions.getFirst();
    }

    /// Has every key settled: sends requests that may be repeated, region by region, until each is
    /// answered or its time is up. Answered by the first refusal, if there was one.
    public Delivery deliver(
            List<ByteSlice> keys,
            long timeoutNanos,
            BiFunction<RegionHeader, List<ByteSlice>, RegionRequest> request) {
        long deadline = env.clock().nanos() + timeoutNanos;
        Backoff backoff = new Backoff(env, BACKOFF_FIRST_NANOS, BACKOFF_MAX_NANOS);
        Deque<List<ByteSlice>> open = new ArrayDeque<>(batches(keys));
        Delivery first = new Delivery.Done();
        while (!open.isEmpty()) {
            List<ByteSlice> batch = open.removeFirst();
            long left = deadline - env.clock().nanos();
            if (left <= 0) {
                return new Delivery.Unanswered("time is up");
            }
            SendResult sent = send(batch.getFirst(), left, header -> request.apply(header, batch));
            switch (sent) {
                case SendResult.Answered(Answer answer) -> {
                    KeyError error = as(RegionReply.Done.class, answer).error();
                    if (error != null && first instanceof Delivery.Done) {
                        first = new Delivery.Refused(error);
                    }
                }
                case SendResult.Regroup() -> {
                    backoff.pause(left);
                    batches(batch).reversed().forEach(open::addFirst);
                }
                case SendResult.Unavailable(_) -> {
                    backoff.pause(left);
                    open.addFirst(batch);
                }
                case SendResult.Unknown(_) -> {
                    backoff.pause(left);
                    open.addFirst(batch);
                }
            }
        }
        return first;
    }

    /// The error for a region that does not answer.
    public static QuorateException unavailable(@Nullable ByteSlice key, String why) {
        return new QuorateException(
                        ErrorCode.CANNOT_CONNECT_NOW,
                        "the region of key " + key + " does not answer")
                .withDetail("Last try: " + why + ".")
                .withHint("A majority of its replicas must be up and connected; then try again.");
    }

    /// How many bytes an item adds to a request.
    public interface Sizer<T> {
        int bytes(T item);
    }

    /// What came of settling keys.
    public sealed interface Delivery {
        record Done() implements Delivery {}

        record Refused(KeyError error) implements Delivery {}

        /// Some requests may have run, or may yet run.
        record Unanswered(String why) implements Delivery {}
    }
}
