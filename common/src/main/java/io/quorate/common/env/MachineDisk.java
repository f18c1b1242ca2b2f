package io.quorate.common.env;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A directory of the machine's file system.
public final class MachineDisk implements Disk {
    private final Path root;

    public MachineDisk(Path root) {
        this.root = root;
    }

    @Override
    public DiskFile open(String path) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(parentOf(file));
        return new ChannelFile(
                FileChannel.open(
                        file,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE));
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        Path dir = resolve(directory);
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(dir)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(dir)) {
                children.forEach(child -> names.add(String.valueOf(child.getFileName())));
            }
        }
        Collections.sort(names);
        return names;
    }

    @Override
    public void delete(String path) throws IOException {
        Files.deleteIfExists(resolve(path));
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(
                resolve(from),
                resolve(to),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        String path = directory;
        forceDirectory(path);
        while (!path.isEmpty()) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            forceDirectory(path);
        }
    }

    @Override
    @SuppressWarnings("resource") // the channel lives as long as the lock and is closed with it
    public Closeable lock(String path) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(parentOf(file));
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new IOException("another process holds " + file);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("this process already holds " + file, e);
        }
        return channel;
    }

    @Override
    public String machinePath(String path) {
        return resolve(path).toString();
    }

    private void forceDirectory(String path) throws IOException {
        try (FileChannel channel = FileChannel.open(resolve(path))) {
            channel.force(true);
        }
    }

    private Path resolve(String path) {
        return root.resolve(path);
    }

    private static Path parentOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no directory");
        }
        return parent;
    }

    private record ChannelFile(FileChannel channel) implements DiskFile {
        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int start = target.position();
            while (target.hasRemaining()) {
                int count = channel.read(target, position + target.position() - start);
                if (count < 0) {
                    break;
                }
            }
            return target.position() - start;
        }

        @Override
        public void write(ByteBuffer source, long position) throws IOException {
            long at = position;
            while (source.hasRemaining()) {
                at += channel.write(source, at);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
