package io.quorate.sim;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.sim.Trace.Kind;
import org.jspecify.annotations.Nullable;

/// A machine of the world: a disk and clocks that last, and one life after the other of what runs on
/// it.
public final class SimMachine {
    private static final long CLOCK_START_NANOS_MAX = 1_000_000_000_000L;

    private final SimWorld world;
    private final NodeId node;
    private final SimDisk disk;
    private final SimClock clock;
    private DiskSpeed diskSpeed = DiskSpeed.FAST;
    private @Nullable SimNode code;
    private @Nullable SimEnv env;
    private int lives;

    SimMachine(SimWorld world, NodeId node) {
        this.world = world;
        this.node = node;
        this.disk = new SimDisk(world.random("disk " + node));
        this.clock =
                new SimClock(
                        world.scheduler(),
                        world.random("clock " + node).between(0, CLOCK_START_NANOS_MAX));
    }

    public NodeId node() {
        return node;
    }

    public SimDisk disk() {
        return disk;
    }

    public SimClock clock() {
        return clock;
    }

    public DiskSpeed diskSpeed() {
        return diskSpeed;
    }

    public void diskSpeed(DiskSpeed speed) {
        diskSpeed = speed;
    }

    public boolean up() {
        return env != null;
    }

    public boolean paused() {
        return env != null && env.incarnation().paused();
    }

    /// What the running life sees; the machine must be up.
    public Env env() {
        return Check.present(env, "the machine is up");
    }

    /// Starts the machine with that code, which later [#restart]s run too.
    public void start(SimNode newCode) {
        code = newCode;
        restart();
    }

    /// Starts the machine with nothing running on it but what the test itself runs in [#env].
    public void start() {
        start(_ -> {});
    }

    public void restart() {
        SimNode toRun = Check.present(code, "a machine that starts again was started before");
        Check.that(env == null, "a machine that starts is down");
        lives++;
        Incarnation incarnation = world.scheduler().incarnate(node + "#" + lives);
        SimEnv started = new SimEnv(this, world, incarnation);
        env = started;
        world.network().connect(started.port());
        traced(Kind.START, lives);
        started.tasks().start("start", () -> toRun.start(started));
    }

    /// The process ends at once; what it wrote is on its way to the disk.
    public void kill() {
        crash();
        disk.endProcess();
    }

    /// The power goes: what was not synced is lost, kept or torn.
    public void losePower() {
        crash();
        disk.losePower();
    }

    /// Stops all threads until [#resume], as SIGSTOP does. Its clocks go on.
    public void pause() {
        SimEnv running = Check.present(env, "a machine that pauses is up");
        traced(Kind.PAUSE, 1);
        world.scheduler().pause(running.incarnation());
    }

    public void resume() {
        SimEnv running = Check.present(env, "a machine that goes on is up");
        traced(Kind.PAUSE, 0);
        world.scheduler().resume(running.incarnation());
    }

    /// The node stopped itself.
    void halted(String reason, Throwable cause) {
        world.recordHalt(new SimWorld.Halt(node, world.nowNanos(), reason, cause));
        losePower();
    }

    private void crash() {
        SimEnv dying = Check.present(env, "a machine that crashes is up");
        env = null;
        traced(Kind.CRASH, lives);
        world.network().disconnect(dying.port());
        world.scheduler().kill(dying.incarnation());
    }

    private void traced(Kind kind, long detail) {
        world.trace().add(kind, world.nowNanos(), "machine", node.value(), detail);
    }
}
