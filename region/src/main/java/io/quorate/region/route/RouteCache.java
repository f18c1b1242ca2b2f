package io.quorate.region.route;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What this node knows of where the regions are. It may be out of date, and then a store says so;
/// it never goes back: where two descriptors overlap, the one with the higher version is the newer.
public final class RouteCache {
    private final ReentrantLock lock = new ReentrantLock();

    /// By start key, without overlaps. Guarded by `lock`.
    private final TreeMap<ByteSlice, RegionLocation> routes = new TreeMap<>();

    /// The region that holds the key; null if unknown.
    public @Nullable RegionLocation find(ByteSlice key) {
        lock.lock();
        try {
            Map.Entry<ByteSlice, RegionLocation> entry = routes.floorEntry(key);
            return entry != null && entry.getValue().region().range().contains(key)
                    ? entry.getValue()
                    : null;
        } finally {
            lock.unlock();
        }
    }

    /// Takes over what is newer than what is known. A null leader leaves the known one.
    public void learn(RegionDescriptor region, @Nullable NodeId leader) {
        lock.lock();
        try {
            NodeId newLeader = leader;
            List<ByteSlice> replaced = new ArrayList<>();
            for (RegionLocation known : overlapping(region.range())) {
                if (known.region().epoch().version() > region.epoch().version()) {
                    return;
                }
                if (newLeader == null && known.region().id().equals(region.id())) {
                    newLeader = known.leader();
                }
                replaced.add(known.region().range().start());
            }
            replaced.forEach(routes::remove);
            routes.put(region.range().start(), new RegionLocation(region, newLeader));
        } finally {
            lock.unlock();
        }
    }

    /// Someone said who leads the region; null: not the one we thought.
    public void learnLeader(RegionDescriptor region, @Nullable NodeId leader) {
        lock.lock();
        try {
            RegionLocation known = routes.get(region.range().start());
            if (known != null && known.region().id().equals(region.id())) {
                routes.put(region.range().start(), new RegionLocation(known.region(), leader));
            }
        } finally {
            lock.unlock();
        }
    }

    private List<RegionLocation> overlapping(KeyRange range) {
        List<RegionLocation> found = new ArrayList<>();
        Map.Entry<ByteSlice, RegionLocation> at = routes.floorEntry(range.start());
        if (at == null) {
            at = routes.ceilingEntry(range.start());
        }
        while (at != null && (range.end() == null || at.getKey().compareTo(range.end()) < 0)) {
            if (!at.getValue().region().range().intersect(range).isEmpty()) {
                found.add(at.getValue());
            }
            at = routes.higherEntry(at.getKey());
        }
        return found;
    }
}
