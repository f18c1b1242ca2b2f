package io.quorate.sim;

import io.quorate.common.env.Clock;
import io.quorate.common.env.Disk;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import io.quorate.common.env.RandomSource;
import io.quorate.common.env.Tasks;
import io.quorate.common.metrics.Metrics;
import java.util.concurrent.locks.LockSupport;

/// What one life of a simulated machine gets from its world.
final class SimEnv implements Env {
    private final SimMachine machine;
    private final Incarnation incarnation;
    private final SimRandom random;
    private final Tasks tasks;
    private final Disk disk;
    private final SimPort network;
    private final Metrics metrics = new Metrics();

    SimEnv(SimMachine machine, SimWorld world, Incarnation incarnation) {
        Scheduler scheduler = world.scheduler();
        this.machine = machine;
        this.incarnation = incarnation;
        this.random = world.random("env " + incarnation);
        this.tasks =
                new SimTasks(
                        scheduler,
                        incarnation,
                        machine.clock(),
                        broken -> halt("a broken invariant", broken));
        this.disk =
                new MountedDisk(
                        machine,
                        scheduler,
                        world.trace(),
                        tasks,
                        world.random("mount " + incarnation));
        this.network = new SimPort(this, world.network());
    }

    @Override
    public NodeId node() {
        return machine.node();
    }

    @Override
    public Clock clock() {
        return machine.clock();
    }

    @Override
    public RandomSource random() {
        return random;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Tasks tasks() {
        return tasks;
    }

    @Override
    public Metrics metrics() {
        return metrics;
    }

    /// Crashes the machine; a thread of the node does not return from here.
    @Override
    public void halt(String reason, Throwable cause) {
        if (incarnation.alive()) {
            machine.halted(reason, cause);
        }
        while (true) {
            LockSupport.park(this);
        }
    }

    Incarnation incarnation() {
        return incarnation;
    }

    SimPort port() {
        return network;
    }
}
