package io.quorate.region;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionError;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.route.LocalRegions;
import io.quorate.region.route.RegionFinder;
import io.quorate.region.route.RegionServices;
import io.quorate.region.route.Retries;
import io.quorate.region.route.RouteCache;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Finds the region of a key anywhere in the cluster and talks to its leader.
///
/// What it knows of borders and leaders is soft state: stores correct it when it is wrong. A region
/// led from this node is called directly, on the caller's thread.
public final class RegionRouter implements RegionClient {
    /// How long one try may take, waiting for locks aside. Shorter than a client's patience, so that a
    /// try at a node that died leaves time for another one.
    private static final long TRY_NANOS = 2_000_000_000L;

    private static final long FIND_NANOS = 10_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Env env;
    private final @Nullable LocalRegions local;
    private final RouteCache cache = new RouteCache();
    private final RegionFinder finder;

    /// @param local the regions of this node; null where it has none
    /// @param nodes all nodes that may hold regions, this one too
    public RegionRouter(Env env, @Nullable LocalRegions local, Supplier<List<NodeId>> nodes) {
        this.env = env;
        this.local = local;
        finder = new RegionFinder(env, local, nodes, cache);
    }

    @Override
    public SendResult send(
            ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request) {
        return new Sending(key, timeoutNanos, request).run();
    }

    /// The keys of each region, under the first of them.
    @Override
    public SortedMap<ByteSlice, List<ByteSlice>> groupByRegion(List<ByteSlice> keys) {
        List<ByteSlice> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        SortedMap<ByteSlice, List<ByteSlice>> groups = new TreeMap<>();
        KeyRange region = null;
        List<ByteSlice> group = List.of();
        for (ByteSlice key : sorted) {
            if (region == null || !region.contains(key)) {
                region = find(key).range();
                group = new ArrayList<>();
                groups.put(key, group);
            }
            group.add(key);
        }
        return groups;
    }

    @Override
    public List<RegionDescriptor> regionsOf(KeyRange range) {
        List<RegionDescriptor> regions = new ArrayList<>();
        ByteSlice from = range.start();
        while (from != null && !new KeyRange(from, range.end()).isEmpty()) {
            RegionDescriptor region = find(from);
            regions.add(region);
            from = region.range().end();
        }
        return regions;
    }

    private RegionDescriptor find(ByteSlice key) {
        Retries retries = new Retries(env, FIND_NANOS);
        do {
            RegionLocation found = finder.find(key, retries.leftNanos());
            if (found != null) {
                return found.region();
            }
        } while (retries.pause());
        throw new QuorateException(
                        ErrorCode.CANNOT_CONNECT_NOW, "no node knows the region of key " + key)
                .withHint("Check that most nodes are running and reach each other, then retry.");
    }

    /// What a try leads to.
    private sealed interface Next {
        record TryAtOnce() implements Next {}

        record TryLater() implements Next {}

        record End(SendResult result) implements Next {}
    }

    /// One request until it is answered or its time is up.
    private final class Sending {
        private final ByteSlice key;
        private final Function<RegionHeader, RegionRequest> request;
        private final Retries retries;

        /// A try may have done what it asked, and nobody told.
        private boolean mayHaveRun;

        private int tries;
        private String why = "no node knows the region";

        Sending(ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request) {
            this.key = key;
            this.request = request;
            retries = new Retries(env, timeoutNanos);
        }

        SendResult run() {
            while (true) {
                RegionLocation route = finder.find(key, retries.leftNanos());
                switch (route == null ? new Next.TryLater() : tryAt(route)) {
                    case Next.End end -> {
                        return end.result();
                    }
                    case Next.TryAtOnce _ when retries.leftNanos() > 0 -> {}
                    case Next.TryLater _ when retries.pause() -> {}
                    case Next.TryAtOnce _, Next.TryLater _ -> {
                        return mayHaveRun
                                ? new SendResult.Unknown(why)
                                : new SendResult.Unavailable(why);
                    }
                }
            }
        }

        private Next tryAt(RegionLocation route) {
            NodeId target = target(route);
            tries++;
            return switch (call(target, route)) {
                case CallResult.Answered<RegionReply> answered ->
                        switch (answered.reply()) {
                            case RegionReply.Answer answer -> {
                                cache.learnLeader(route.region(), target);
                                yield new Next.End(new SendResult.Answered(answer));
                            }
                            case RegionError error -> corrected(route, target, error);
                        };
                case CallResult.NotSent<RegionReply> notSent ->
                        unreachable(route, target, notSent.why());
                case CallResult.NoAnswer<RegionReply> noAnswer -> {
                    mayHaveRun = true;
                    yield unreachable(route, target, noAnswer.why());
                }
            };
        }

        /// The leader; where it is unknown each replica in turn, this node's own first.
        private NodeId target(RegionLocation route) {
            if (route.leader() != null) {
                return route.leader();
            }
            List<NodeId> replicas = route.region().replicas();
            int own = Math.max(0, replicas.indexOf(env.node()));
            return replicas.get((own + tries) % replicas.size());
        }

        private CallResult<RegionReply> call(NodeId target, RegionLocation route) {
            RegionDescriptor region = route.region();
            RegionRequest toSend = request.apply(new RegionHeader(region.id(), region.epoch()));
            long tryNanos = Math.min(retries.leftNanos(), TRY_NANOS);
            if (local != null && target.equals(env.node())) {
                return new CallResult.Answered<>(local.handle(toSend, tryNanos));
            }
            long waitNanos =
                    toSend instanceof RegionRequest.PessimisticLock lock
                            ? Math.max(0, lock.waitMillis()) * NANOS_PER_MILLI
                            : 0;
            return env.network().call(target, RegionServices.REGION, toSend, tryNanos + waitNanos);
        }

        private Next unreachable(RegionLocation route, NodeId target, String reason) {
            why = target + " cannot be reached: " + reason;
            cache.learnLeader(route.region(), null);
            return new Next.TryLater();
        }

        /// Learns from an error about routing.
        private Next corrected(RegionLocation route, NodeId target, RegionError error) {
            RegionId region = route.region().id();
            return switch (error) {
                case RegionError.NotLeader notLeader -> {
                    why = target + " does not lead " + region;
                    NodeId leader = notLeader.leader();
                    boolean isNews = leader != null && !leader.equals(target);
                    cache.learnLeader(route.region(), isNews ? leader : null);
                    yield isNews && tries == 1 ? new Next.TryAtOnce() : new Next.TryLater();
                }
                case RegionError.EpochNotMatch mismatch -> {
                    why = "the borders of " + region + " changed";
                    long asked = route.region().epoch().version();
                    boolean isNews =
                            mismatch.current().stream()
                                    .anyMatch(now -> now.epoch().version() > asked);
                    mismatch.current().forEach(now -> cache.learn(now, target));
                    yield isNews ? new Next.TryAtOnce() : new Next.TryLater();
                }
                case RegionError.RegionNotFound _ -> {
                    why = target + " has no replica of " + region;
                    cache.learnLeader(route.region(), null);
                    yield new Next.TryLater();
                }
                case RegionError.ServerBusy busy -> {
                    why = target + " is busy: " + busy.why();
                    yield new Next.TryLater();
                }
                case RegionError.Undetermined _ -> {
                    mayHaveRun = true;
                    why = target + " lost its leadership under way";
                    yield new Next.TryLater();
                }
                case RegionError.KeyNotInRegion outside -> {
                    cache.learn(outside.region(), target);
                    yield new Next.End(
                            mayHaveRun ? new SendResult.Unknown(why) : new SendResult.Regroup());
                }
            };
        }
    }
}
