package io.quorate.region.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionLocation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteCacheTest {
    private static final NodeId LEADER = new NodeId(2);

    private final RouteCache cache = new RouteCache();

    @Test
    void newerBordersReplaceOlderOnes() {
        cache.learn(region(2, 1, "", null), LEADER);
        cache.learn(region(2, 2, "", "m"), null);
        cache.learn(region(3, 2, "m", null), null);
        assertThat(idAt("a")).isEqualTo(2);
        assertThat(idAt("m")).isEqualTo(3);
        assertThat(leaderAt("a")).as("the id kept its leader").isEqualTo(LEADER);
        assertThat(leaderAt("m")).isNull();
    }

    @Test
    void olderBordersAreNotNews() {
        cache.learn(region(3, 2, "m", null), null);
        cache.learn(region(2, 1, "", null), LEADER);
        assertThat(idAt("z")).isEqualTo(3);
        assertThat(cache.find(ByteSlice.utf8("a"))).isNull();
    }

    @Test
    void severalOldRegionsGiveWayToOne() {
        cache.learn(region(2, 1, "a", "c"), null);
        cache.learn(region(3, 1, "c", "e"), null);
        cache.learn(region(4, 1, "e", "g"), null);
        cache.learn(region(5, 2, "b", "f"), null);
        assertThat(idAt("b")).isEqualTo(5);
        assertThat(idAt("e")).isEqualTo(5);
        assertThat(cache.find(ByteSlice.utf8("a"))).isNull();
        assertThat(cache.find(ByteSlice.utf8("f"))).isNull();
    }

    @Test
    void leaderOfAnotherRegionIsNotTakenOver() {
        cache.learn(region(3, 2, "", null), LEADER);
        cache.learnLeader(region(2, 1, "", null), new NodeId(9));
        assertThat(leaderAt("a")).isEqualTo(LEADER);
        cache.learnLeader(region(3, 2, "", null), null);
        assertThat(leaderAt("a")).isNull();
    }

    private long idAt(String key) {
        return at(key).region().id().value();
    }

    private @Nullable NodeId leaderAt(String key) {
        return at(key).leader();
    }

    private RegionLocation at(String key) {
        RegionLocation found = cache.find(ByteSlice.utf8(key));
        if (found == null) {
            throw new AssertionError("no region for " + key);
        }
        return found;
    }

    private static RegionDescriptor region(
            long id, long version, String start, @Nullable String end) {
        return new RegionDescriptor(
                new RegionId(id),
                new RegionEpoch(version, 1),
                new KeyRange(ByteSlice.utf8(start), end == null ? null : ByteSlice.utf8(end)),
                List.of(new NodeId(1), LEADER));
    }
}
