package io.quorate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void afterThePlanEveryMachineIsUpAndEveryLinkWorks() {
        for (long seed = 0; seed < 10; seed++) {
            try (SimWorld world = new SimWorld(seed)) {
                SmallWorld.NODES.forEach(node -> world.machine(node).start(SmallWorld::runNode));
                FaultPlan plan = FaultPlan.drawn(world.random("plan"), Duration.ofSeconds(10));
                Faults faults = new Faults(world, SmallWorld.NODES, plan);
                faults.start();
                assertThat(world.runUntil(faults::over, Duration.ofMinutes(5))).isTrue();
                world.runFor(Duration.ofSeconds(5));
                SmallWorld.NODES.forEach(from -> assertHearsAll(world, world.machine(from)));
            }
        }
    }

    @Test
    void everyKindOfFaultHappensWhenAskedFor() {
        for (FaultKind kind : FaultKind.values()) {
            try (SimWorld world = new SimWorld(1)) {
                SmallWorld.NODES.forEach(node -> world.machine(node).start(SmallWorld::runNode));
                FaultPlan plan =
                        new FaultPlan(
                                List.of(kind),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2));
                Faults faults = new Faults(world, SmallWorld.NODES, plan);
                faults.start();
                assertThat(world.runUntil(faults::over, Duration.ofMinutes(5))).isTrue();
                assertThat(faults.begun()).as("%s", kind).isGreaterThan(5);
            }
        }
    }

    private static void assertHearsAll(SimWorld world, SimMachine from) {
        assertThat(from.up()).isTrue();
        for (NodeId to : SmallWorld.NODES) {
            CallResult<?> result =
                    world.call(
                            from.env(),
                            () ->
                                    from.env()
                                            .network()
                                            .call(
                                                    to,
                                                    SmallWorld.ECHO,
                                                    ByteSlice.utf8("?"),
                                                    1_000_000_000));
            assertThat(result).isInstanceOf(CallResult.Answered.class);
        }
    }
}
