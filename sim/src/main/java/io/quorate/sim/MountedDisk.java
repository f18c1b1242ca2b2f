package io.quorate.sim;

import io.quorate.common.env.Disk;
import io.quorate.common.env.Tasks;
import io.quorate.sim.Trace.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A [SimDisk] as one life of its machine sees it: operations take time, other threads run in
/// between, and the trace learns what was done.
final class MountedDisk implements Disk {
    private final SimMachine machine;
    private final Scheduler scheduler;
    private final Trace trace;
    private final Tasks tasks;
    private final SimRandom random;

    MountedDisk(
            SimMachine machine, Scheduler scheduler, Trace trace, Tasks tasks, SimRandom random) {
        this.machine = machine;
        this.scheduler = scheduler;
        this.trace = trace;
        this.tasks = tasks;
        this.random = random;
    }

    @Override
    public DiskFile open(String path) throws IOException {
        maybeYield();
        return new MountedFile((SimDisk.Handle) machine.disk().open(path));
    }

    @Override
    public boolean exists(String path) {
        return machine.disk().exists(path);
    }

    @Override
    public List<String> list(String directory) {
        return machine.disk().list(directory);
    }

    @Override
    public void delete(String path) throws IOException {
        maybeYield();
        machine.disk().delete(path);
        traced(Kind.WRITE, path, -1);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        maybeYield();
        machine.disk().rename(from, to);
        traced(Kind.WRITE, to, -2);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        takeSyncTime();
        machine.disk().syncDirectory(directory);
        traced(Kind.SYNC, directory, -1);
    }

    @Override
    public Closeable lock(String path) throws IOException {
        return machine.disk().lock(path);
    }

    @Override
    public String machinePath(String path) {
        return machine.disk().machinePath(path);
    }

    private void takeSyncTime() {
        if (scheduler.onSimThread()) {
            DiskSpeed speed = machine.diskSpeed();
            tasks.sleepNanos(random.between(speed.syncNanosMin(), speed.syncNanosMax()));
        }
    }

    private void maybeYield() {
        if (scheduler.onSimThread() && random.chance(machine.diskSpeed().yieldProbability())) {
            Thread.yield();
        }
    }

    private void traced(Kind kind, String path, long detail) {
        trace.add(kind, scheduler.nowNanos(), path, machine.node().value(), detail);
    }

    private final class MountedFile implements DiskFile {
        private final SimDisk.Handle handle;

        private MountedFile(SimDisk.Handle handle) {
            this.handle = handle;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            maybeYield();
            return handle.read(target, position);
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            maybeYield();
            traced(Kind.WRITE, handle.path(), position * 31 + source.remaining());
            handle.write(source, position);
        }

        @Override
        public void sync() throws IOException {
            long mark = handle.beginSync();
            takeSyncTime();
            handle.finishSync(mark);
            traced(Kind.SYNC, handle.path(), mark);
        }

        @Override
        public long size() throws IOException {
            return handle.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            maybeYield();
            traced(Kind.WRITE, handle.path(), -size);
            handle.truncate(size);
        }

        @Override
        public void close() {
            handle.close();
        }
    }
}
