package io.quorate.region.route;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionLocation;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fills the cache by asking stores what they hold: this node's own first, then the others in turn.
public final class RegionFinder {
    private static final long CALL_NANOS = 1_000_000_000L;

    private final Env env;
    private final @Nullable LocalRegions local;
    private final Supplier<List<NodeId>> nodes;
    private final RouteCache cache;

    public RegionFinder(
            Env env, @Nullable LocalRegions local, Supplier<List<NodeId>> nodes, RouteCache cache) {
        this.env = env;
        this.local = local;
        this.nodes = nodes;
        this.cache = cache;
    }

    /// The region of the key as known, or as someone tells; null if nobody does in time.
    public @Nullable RegionLocation find(ByteSlice key, long timeoutNanos) {
        RegionLocation known = cache.find(key);
        if (known != null) {
            return known;
        }
        long deadline = env.clock().nanos() + timeoutNanos;
        KeyRange asked = new KeyRange(key, key.successor());
        if (local != null) {
            learn(local.locate(asked));
            known = cache.find(key);
        }
        for (NodeId node : nodes.get()) {
            long left = deadline - env.clock().nanos();
            if (known != null || left <= 0) {
                break;
            }
            if (!node.equals(env.node()) || local == null) {
                ask(node, asked, Math.min(left, CALL_NANOS));
                known = cache.find(key);
            }
        }
        return known;
    }

    private void ask(NodeId node, KeyRange asked, long timeoutNanos) {
        switch (env.network().call(node, RegionServices.LOCATE, asked, timeoutNanos)) {
            case CallResult.Answered<List<RegionLocation>> answered -> learn(answered.reply());
            case CallResult.NotSent<List<RegionLocation>> _,
                    CallResult.NoAnswer<List<RegionLocation>> _ -> {
                // The next node may know.
            }
        }
    }

    private void learn(List<RegionLocation> locations) {
        locations.forEach(location -> cache.learn(location.region(), location.leader()));
    }
}
