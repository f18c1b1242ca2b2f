package io.quorate.sim;

import io.quorate.common.env.Disk;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The disk of one machine, in memory; it outlives the crashes of its machine. Can be used by itself,
/// without a world, to test code that stores: write, [#losePower], open again.
///
/// Durable is what [Disk] says and nothing more: bytes by the file's sync, names by the directory's.
public final class SimDisk implements Disk {
    private static final String NOWHERE = "/dev/null/simulated/";

    private final SimRandom random;
    private final Set<String> locks = new TreeSet<>();
    private SimFolder root = new SimFolder();
    private double syncFailureProbability;
    private long bytesMax = Long.MAX_VALUE;
    private int failedSyncs;

    /// Counts crashes; a file opened before the last one is dead.
    private int life;

    /// What a loss of power does to unsynced changes.
    public enum Loss {
        ALL_LOST,
        ALL_KEPT,

        /// Each by itself is kept, torn or lost.
        MIXED
    }

    public SimDisk(SimRandom random) {
        this.random = random;
    }

    // What a test does to the disk.

    /// The machine stops, its power goes: what was not synced is lost, kept or torn, locks are free.
    public void losePower() {
        Loss[] losses = Loss.values();
        losePower(losses[random.nextInt(losses.length)]);
    }

    /// As [#losePower()], with a given fate for what was not synced.
    public void losePower(Loss loss) {
        losePower(root, loss);
        endProcess();
    }

    /// The process ends, the machine goes on: all writes are there, locks are free.
    public void endProcess() {
        locks.clear();
        life++;
    }

    /// All content is gone, as on a new disk.
    public void wipe() {
        root = new SimFolder();
        endProcess();
    }

    /// From now on a sync fails with that probability.
    public void failSyncs(double probability) {
        syncFailureProbability = probability;
    }

    /// How many syncs failed so far.
    public int failedSyncs() {
        return failedSyncs;
    }

    /// From now on files have at most that many bytes together.
    public void limitBytes(long bytes) {
        bytesMax = bytes;
    }

    public long usedBytes() {
        return usedBytes(root);
    }

    /// The paths of all files, sorted by directory.
    public List<String> files() {
        List<String> paths = new ArrayList<>();
        addFiles(root, "", paths);
        return paths;
    }

    /// Damages one bit of a file, where it is stored.
    public void flipBit(String path, long position, int bit) throws IOException {
        file(path).flip(Math.toIntExact(position), bit);
    }

    // What the machine's code does with it.

    @Override
    public DiskFile open(String path) throws IOException {
        SimFolder folder = makeFolder(directoryOf(path));
        SimEntry entry = folder.get(nameOf(path));
        if (entry == null) {
            entry = new SimFile();
            folder.put(nameOf(path), entry);
        }
        return switch (entry) {
            case SimFile file -> new Handle(path, file, life);
            case SimFolder _ -> throw new IOException(path + " is a directory");
        };
    }

    @Override
    public boolean exists(String path) {
        return entry(path) != null;
    }

    @Override
    public List<String> list(String directory) {
        return entry(directory) instanceof SimFolder folder
                ? List.copyOf(folder.entries().keySet())
                : List.of();
    }

    @Override
    public void delete(String path) throws IOException {
        if (entry(path) instanceof SimFolder folder && !folder.entries().isEmpty()) {
            throw new DirectoryNotEmptyException(path);
        }
        if (entry(directoryOf(path)) instanceof SimFolder folder
                && folder.get(nameOf(path)) != null) {
            folder.remove(nameOf(path));
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        SimEntry entry = entry(from);
        if (entry == null) {
            throw new NoSuchFileException(from);
        }
        SimFolder source = folder(directoryOf(from));
        SimFolder target = folder(directoryOf(to));
        if (target.get(nameOf(to)) instanceof SimFolder) {
            throw new IOException(to + " is a directory");
        }
        if (source == target) {
            source.rename(nameOf(from), nameOf(to), entry);
        } else {
            target.put(nameOf(to), entry);
            source.remove(nameOf(from));
        }
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        folder(directory).sync();
        for (String path = directory; !path.isEmpty(); path = directoryOf(path)) {
            folder(directoryOf(path)).sync();
        }
    }

    @Override
    public Closeable lock(String path) throws IOException {
        if (!locks.add(path)) {
            throw new IOException("another process holds " + path);
        }
        int lockedIn = life;
        return () -> {
            if (lockedIn == life) {
                locks.remove(path);
            }
        };
    }

    /// A name for messages. Nothing can be opened there: a library that does its own I/O fails.
    @Override
    public String machinePath(String path) {
        return NOWHERE + path;
    }

    private static void addFiles(SimFolder folder, String prefix, List<String> paths) {
        folder.entries()
                .forEach((name, entry) -> {
                    switch (entry) {
                        case SimFile _ -> paths.add(prefix + name);
                        case SimFolder below -> addFiles(below, prefix + name + "/", paths);
                    }
                });
    }

    private static long usedBytes(SimFolder folder) {
        long sum = 0;
        for (SimEntry entry : folder.entries().values()) {
            sum +=
                    switch (entry) {
                        case SimFile file -> file.size();
                        case SimFolder below -> usedBytes(below);
                    };
        }
        return sum;
    }

    private void losePower(SimFolder folder, Loss loss) {
        folder.losePower(() ->
                switch (loss) {
                    case ALL_LOST -> false;
                    case ALL_KEPT -> true;
                    case MIXED -> random.chance(0.5);
                });
        for (SimEntry entry : folder.entries().values()) {
            switch (entry) {
                case SimFile file -> file.losePower(random, loss);
                case SimFolder below -> losePower(below, loss);
            }
        }
    }

    private SimFile file(String path) throws IOException {
        if (entry(path) instanceof SimFile file) {
            return file;
        }
        throw new FileNotFoundException(path);
    }

    private SimFolder folder(String path) throws IOException {
        if (entry(path) instanceof SimFolder folder) {
            return folder;
        }
        throw new NoSuchFileException(path.isEmpty() ? "/" : path);
    }

    private @Nullable SimEntry entry(String path) {
        SimEntry entry = root;
        for (String part : parts(path)) {
            entry = entry instanceof SimFolder folder ? folder.get(part) : null;
            if (entry == null) {
                return null;
            }
        }
        return entry;
    }

    private SimFolder makeFolder(String path) throws IOException {
        SimFolder folder = root;
        for (String part : parts(path)) {
            SimEntry next = folder.get(part);
            if (next == null) {
                next = new SimFolder();
                folder.put(part, next);
            }
            folder =
                    switch (next) {
                        case SimFolder below -> below;
                        case SimFile _ -> throw new IOException(part + " is not a directory");
                    };
        }
        return folder;
    }

    private static List<String> parts(String path) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < path.length(); ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (to > from) {
                parts.add(path.substring(from, to));
            }
            from = to + 1;
        }
        return parts;
    }

    private static String directoryOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// An open file. A sync has two halves, so that time may pass between them.
    final class Handle implements DiskFile {
        private final String path;
        private final SimFile file;
        private final int openedIn;
        private boolean closed;

        private Handle(String path, SimFile file, int openedIn) {
            this.path = path;
            this.file = file;
            this.openedIn = openedIn;
        }

        String path() {
            return path;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            requireOpen();
            return file.read(target, Math.toIntExact(position));
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            requireOpen();
            long growth = position + source.remaining() - file.size();
            if (growth > 0 && bytesMax != Long.MAX_VALUE && usedBytes() + growth > bytesMax) {
                throw new IOException("No space left on device: " + path);
            }
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            file.write(bytes, Math.toIntExact(position));
        }

        @Override
        public void sync() throws IOException {
            finishSync(beginSync());
        }

        long beginSync() throws IOException {
            requireOpen();
            return file.mark();
        }

        void finishSync(long mark) throws IOException {
            requireOpen();
            if (syncFailureProbability > 0 && random.chance(syncFailureProbability)) {
                failedSyncs++;
                file.failSyncTo(mark, random);
                throw new IOException("Input/output error: " + path);
            }
            file.syncTo(mark);
        }

        @Override
        public long size() throws IOException {
            requireOpen();
            return file.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            requireOpen();
            if (size < file.size()) {
                file.truncate(Math.toIntExact(size));
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new IOException(path + " is closed");
            }
            if (openedIn != life) {
                throw new IOException(path + " was opened before the machine crashed");
            }
        }
    }
}
