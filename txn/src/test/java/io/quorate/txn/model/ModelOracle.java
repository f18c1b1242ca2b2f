package io.quorate.txn.model;

import io.quorate.sim.SimWorld;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;

/// One oracle for all nodes, by the world's time.
public final class ModelOracle implements TimestampOracle {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long EPOCH_MILLIS = 1_000_000;

    private final SimWorld world;
    private long last;
    private boolean standsStill;

    public ModelOracle(SimWorld world) {
        this.world = world;
    }

    /// From now on its clock does not move: each timestamp is just past the one before.
    public void standStill() {
        standsStill = true;
    }

    @Override
    public Timestamp next() {
        if (standsStill) {
            last += 2;
            return new Timestamp(last);
        }
        long physical = Timestamp.of(EPOCH_MILLIS + world.nowNanos() / NANOS_PER_MILLI, 0).value();
        last = Math.max(last + 2, physical);
        return new Timestamp(last);
    }

    @Override
    public Timestamp lastSeen() {
        return new Timestamp(last);
    }
}
