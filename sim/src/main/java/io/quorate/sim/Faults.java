package io.quorate.sim;

import io.quorate.common.env.NodeId;
import io.quorate.common.env.Tasks;
import io.quorate.sim.Trace.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Makes trouble by a plan, and in the end undoes all of it: when [#over] holds, every machine is up,
/// every link works, every clock runs at its rate, and what was promised about progress can be
/// judged. Machines that stopped themselves are started again, as a supervisor would.
public final class Faults {
    private static final long JUMP_MILLIS_MAX = 3_600_000;
    private static final double RATE_ERROR_MAX = 0.1;

    private final SimWorld world;
    private final Tasks tasks;
    private final SimRandom random;
    private final List<SimMachine> machines;
    private final FaultPlan plan;

    /// Machines that a fault under way keeps down and will start itself.
    private final Set<NodeId> keptDown = new TreeSet<>();

    private int begun;
    private int underWay;
    private boolean over;

    /// Trouble for those machines, which must have been started.
    public Faults(SimWorld world, List<NodeId> nodes, FaultPlan plan) {
        this.world = world;
        this.tasks = world.env().tasks();
        this.random = world.random("faults");
        this.machines = nodes.stream().map(world::machine).toList();
        this.plan = plan;
    }

    public void start() {
        tasks.start("faults", this::run);
    }

    /// Every fault is over and undone.
    public boolean over() {
        return over;
    }

    /// How many there were.
    public int begun() {
        return begun;
    }

    private void run() {
        long end = world.nowNanos() + plan.length().toNanos();
        while (world.nowNanos() < end) {
            long gap = random.between(1, plan.gapMax().toNanos());
            tasks.sleepNanos(Math.min(gap, end - world.nowNanos()));
            restartHalted();
            if (!plan.kinds().isEmpty()) {
                begin(plan.kinds().get(random.nextInt(plan.kinds().size())));
            }
        }
        while (underWay > 0) {
            tasks.sleepNanos(plan.gapMax().toNanos());
        }
        repairAll();
        over = true;
    }

    private void begin(FaultKind kind) {
        begun++;
        underWay++;
        tasks.start(
                "fault " + kind,
                () -> {
                    world.trace().add(Kind.FAULT, world.nowNanos(), kind.name(), begun, underWay);
                    make(kind);
                    underWay--;
                });
    }

    private void make(FaultKind kind) {
        SimMachine machine = machines.get(random.nextInt(machines.size()));
        switch (kind) {
            case KILL -> crash(List.of(machine), false);
            case POWER_LOSS -> crash(List.of(machine), true);
            case POWER_LOSS_EVERYWHERE -> crash(machines, true);
            case PAUSE -> pause(machine);
            case PARTITION -> partition();
            case ONE_WAY_CUT -> cutOneWay(machine);
            case BROKEN_LINK -> breakLink(machine);
            case BAD_NETWORK -> badNetwork();
            case SLOW_DISK -> slowDisk(machine);
            case SYNC_ERRORS -> failSyncs(machine);
            case CLOCK_JUMP ->
                    machine.clock().jumpMillis(random.between(-JUMP_MILLIS_MAX, JUMP_MILLIS_MAX));
            case CLOCK_RATE -> clockRate(machine);
        }
    }

    private void crash(List<SimMachine> toCrash, boolean powerLoss) {
        List<SimMachine> crashed = new ArrayList<>();
        for (SimMachine machine : toCrash) {
            if (machine.up()) {
                if (powerLoss) {
                    machine.losePower();
                } else {
                    machine.kill();
                }
                keptDown.add(machine.node());
                crashed.add(machine);
            }
        }
        for (SimMachine machine : crashed) {
            last();
            keptDown.remove(machine.node());
            machine.restart();
        }
    }

    private void pause(SimMachine machine) {
        if (machine.up() && !machine.paused()) {
            machine.pause();
            last();
            if (machine.paused()) {
                machine.resume();
            }
        }
    }

    private void partition() {
        List<NodeId> side = new ArrayList<>();
        List<NodeId> otherSide = new ArrayList<>();
        for (SimMachine machine : machines) {
            (random.chance(0.5) ? side : otherSide).add(machine.node());
        }
        world.network().partition(side, otherSide);
        last();
        world.network().heal();
    }

    private void cutOneWay(SimMachine unheard) {
        for (SimMachine other : machines) {
            if (other != unheard && random.chance(0.6)) {
                world.network().cut(unheard.node(), other.node());
            }
        }
        last();
        world.network().heal();
    }

    private void breakLink(SimMachine machine) {
        SimMachine other = machines.get(random.nextInt(machines.size()));
        if (other != machine) {
            world.network().partition(List.of(machine.node()), List.of(other.node()));
            last();
            world.network().heal();
        }
    }

    private void badNetwork() {
        world.network().quality(LinkQuality.BAD);
        last();
        world.network().quality(LinkQuality.GOOD);
    }

    private void slowDisk(SimMachine machine) {
        machine.diskSpeed(DiskSpeed.SLOW);
        last();
        machine.diskSpeed(DiskSpeed.FAST);
    }

    private void failSyncs(SimMachine machine) {
        machine.disk().failSyncs(random.nextDouble());
        last();
        machine.disk().failSyncs(0);
    }

    private void clockRate(SimMachine machine) {
        machine.clock().runAtRate(1 + (2 * random.nextDouble() - 1) * RATE_ERROR_MAX);
        last();
        machine.clock().runAtRate(1);
    }

    private void last() {
        tasks.sleepNanos(random.between(1, plan.lastsMax().toNanos()));
    }

    private void restartHalted() {
        for (SimMachine machine : machines) {
            if (!machine.up() && !keptDown.contains(machine.node())) {
                machine.restart();
            }
        }
    }

    private void repairAll() {
        world.network().heal();
        world.network().quality(LinkQuality.GOOD);
        for (SimMachine machine : machines) {
            machine.disk().failSyncs(0);
            machine.diskSpeed(DiskSpeed.FAST);
            machine.clock().runAtRate(1);
            if (machine.paused()) {
                machine.resume();
            }
        }
        restartHalted();
    }
}
