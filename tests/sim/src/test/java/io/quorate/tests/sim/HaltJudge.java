package io.quorate.tests.sim;

import io.quorate.sim.FaultKind;
import io.quorate.sim.FaultPlan;
import io.quorate.sim.SimWorld;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A node may stop itself because its disk failed, and for no other reason.
final class HaltJudge {
    private HaltJudge() {}

    static void judge(SimWorld world, FaultPlan plan) {
        for (SimWorld.Halt halt : world.halts()) {
            if (!plan.kinds().contains(FaultKind.SYNC_ERRORS) || !isDiskError(halt.cause())) {
                throw new AssertionError(halt.node() + " stopped: " + halt.reason(), halt.cause());
            }
        }
    }

    private static boolean isDiskError(@Nullable Throwable thrown) {
        return thrown != null && (thrown instanceof IOException || isDiskError(thrown.getCause()));
    }
}
