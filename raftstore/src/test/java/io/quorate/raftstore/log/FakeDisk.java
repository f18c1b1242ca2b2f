package io.quorate.raftstore.log;

import io.quorate.common.env.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A disk in memory that can lose power: then each write since the last sync is kept, dropped or
/// torn, and names since the last directory sync may be back or gone.
final class FakeDisk implements Disk {
    private final TreeMap<String, FileState> files = new TreeMap<>();
    private final TreeMap<String, FileState> durableNames = new TreeMap<>();
    private final TreeSet<String> locks = new TreeSet<>();
    private long operationsLeft = Long.MAX_VALUE;
    private boolean syncFails;
    private int syncs;

    /// The machine stopped in the middle of an operation.
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("stopped in the middle");
        }
    }

    private record Write(int position, byte[] bytes) {}

    private static final class FileState {
        private byte[] content = new byte[0];
        private byte[] durable = new byte[0];
        private final List<Write> unsynced = new ArrayList<>();
    }

    /// Stops at the n-th write, sync, delete or directory sync from now.
    void stopAfter(long operations) {
        operationsLeft = operations;
    }

    void failSyncs() {
        syncFails = true;
    }

    int syncs() {
        return syncs;
    }

    /// The process stopped and starts again; the machine, and with it everything written, goes on.
    void restartProcess() {
        operationsLeft = Long.MAX_VALUE;
        locks.clear();
    }

    /// Turns the power on again: the unsynced is as chance will have it.
    void powerOn(Random chance) {
        restartProcess();
        TreeSet<String> names = new TreeSet<>(files.keySet());
        names.addAll(durableNames.keySet());
        for (String name : names) {
            @Nullable FileState now = files.get(name);
            @Nullable FileState before = durableNames.get(name);
            @Nullable FileState kept = now == before || chance.nextBoolean() ? now : before;
            if (kept == null) {
                files.remove(name);
            } else {
                settle(kept, chance);
                files.put(name, kept);
            }
        }
        durableNames.clear();
        durableNames.putAll(files);
    }

    byte[] content(String path) {
        return state(path).content.clone();
    }

    /// Puts a file there, durably, as if it had always been.
    void plant(String path, byte[] bytes) {
        FileState state = new FileState();
        state.content = bytes.clone();
        state.durable = bytes.clone();
        files.put(path, state);
        durableNames.put(path, state);
    }

    /// Flips a bit behind the back of whoever has the file open.
    void damage(String path, int offset) {
        state(path).content[offset] ^= 1;
    }

    /// A disk that holds the same files, all durable.
    FakeDisk copy() {
        FakeDisk copy = new FakeDisk();
        files.forEach((path, state) -> copy.plant(path, state.content));
        return copy;
    }

    @Override
    public DiskFile open(String path) {
        return new OpenFile(files.computeIfAbsent(path, _ -> new FileState()));
    }

    @Override
    public boolean exists(String path) {
        return files.containsKey(path);
    }

    @Override
    public List<String> list(String directory) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(directory + "/"))
                .map(path -> path.substring(directory.length() + 1))
                .toList();
    }

    @Override
    public void delete(String path) {
        operation();
        files.remove(path);
    }

    @Override
    public void rename(String from, String to) {
        operation();
        files.put(to, state(from));
        files.remove(from);
    }

    @Override
    public void syncDirectory(String directory) {
        operation();
        durableNames.clear();
        durableNames.putAll(files);
    }

    @Override
    public Closeable lock(String path) throws IOException {
        if (!locks.add(path)) {
            throw new IOException("another process holds " + path);
        }
        return () -> locks.remove(path);
    }

    @Override
    public String machinePath(String path) {
        return path;
    }

    private FileState state(String path) {
        FileState state = files.get(path);
        if (state == null) {
            throw new AssertionError("no file " + path);
        }
        return state;
    }

    private void operation() {
        if (operationsLeft-- <= 0) {
            throw new Stopped();
        }
    }

    private static void settle(FileState file, Random chance) {
        byte[] settled = file.durable;
        for (Write write : file.unsynced) {
            int kept =
                    switch (chance.nextInt(3)) {
                        case 0 -> 0;
                        case 1 -> write.bytes.length;
                        default -> chance.nextInt(write.bytes.length + 1);
                    };
            settled = overwritten(settled, write.position, Arrays.copyOf(write.bytes, kept));
        }
        file.content = settled;
        file.durable = settled.clone();
        file.unsynced.clear();
    }

    private static byte[] overwritten(byte[] content, int position, byte[] bytes) {
        byte[] result = Arrays.copyOf(content, Math.max(content.length, position + bytes.length));
        System.arraycopy(bytes, 0, result, position, bytes.length);
        return result;
    }

    private final class OpenFile implements DiskFile {
        private final FileState state;

        OpenFile(FileState state) {
            this.state = state;
        }

        @Override
        public int read(ByteBuffer target, long position) {
            int count = Math.min(target.remaining(), state.content.length - (int) position);
            target.put(state.content, (int) position, count);
            return count;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            state.unsynced.add(new Write((int) position, bytes));
            state.content = overwritten(state.content, (int) position, bytes);
            operation();
        }

        @Override
        public void sync() throws IOException {
            operation();
            if (syncFails) {
                throw new IOException("no sync today");
            }
            syncs++;
            state.durable = state.content.clone();
            state.unsynced.clear();
        }

        @Override
        public long size() {
            return state.content.length;
        }

        @Override
        public void truncate(long size) {
            throw new AssertionError("the log never truncates a file");
        }

        @Override
        public void close() {}
    }
}
