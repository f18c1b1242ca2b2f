package io.quorate.raftstore.snapshot;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Disk;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The snapshots that lie in a node's directory, on their way in: `.part` while chunks come, `.whole`
/// from then until they are installed.
public final class SnapshotFiles {
    private static final String DIRECTORY = "snapshots";
    private static final String PART = ".part";
    private static final String WHOLE = ".whole";

    private final Disk disk;

    public SnapshotFiles(Disk disk) {
        this.disk = disk;
    }

    /// Deletes what no group in `unfinished` waits for: at start, before anything comes in. Parts are
    /// kept, they may go on.
    public void clean(List<GroupId> unfinished) throws IOException {
        for (String name : disk.list(DIRECTORY)) {
            boolean needed =
                    name.endsWith(PART)
                            || unfinished.stream()
                                    .anyMatch(group -> name.startsWith(prefix(group)));
            if (!needed) {
                disk.delete(DIRECTORY + "/" + name);
            }
        }
    }

    /// A whole snapshot, to be installed. Throws [QuorateException] if it is not there or damaged.
    public SnapshotSource whole(Key key) {
        String path = path(key, WHOLE);
        try {
            if (!disk.exists(path)) {
                throw damaged(path, "is gone");
            }
            DiskFile file = disk.open(path);
            SnapshotFile found = SnapshotFile.find(file);
            if (found == null || !found.head().key().equals(key)) {
                file.close();
                throw damaged(path, "has no head");
            }
            return new Stored(found);
        } catch (CorruptBytes e) {
            throw damaged(path, "does not parse: " + e.getMessage());
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /// Forgets everything about a snapshot, whole or not.
    public void delete(Key key) {
        try {
            disk.delete(path(key, WHOLE));
            disk.delete(path(key, PART));
        } catch (IOException e) {
            throw failed(path(key, WHOLE), e);
        }
    }

    /// Opens what there is of a snapshot, or begins it. Parts of other snapshots of the group are of
    /// no use any more.
    SnapshotFile part(SnapshotFile.Head head) throws IOException {
        Key key = head.key();
        for (String name : disk.list(DIRECTORY)) {
            if (name.startsWith(prefix(key.group()))
                    && name.endsWith(PART)
                    && !name.equals(name(key, PART))) {
                disk.delete(DIRECTORY + "/" + name);
            }
        }
        DiskFile file = disk.open(path(key, PART));
        @Nullable SnapshotFile found = SnapshotFile.find(file);
        if (found != null && found.head().equals(head)) {
            return found;
        }
        SnapshotFile created = SnapshotFile.create(file, head);
        disk.syncDirectory(DIRECTORY);
        return created;
    }

    /// Reads a complete part once more from its beginning, then makes it a whole snapshot, durably.
    /// Throws [CorruptBytes] if it reads back differently.
    void complete(Key key, SnapshotFile part) throws IOException {
        long bytes = 0;
        for (SnapshotFile.Piece piece = part.read(part.first());
                piece != null;
                piece = part.read(piece.next())) {
            bytes += piece.data().length();
        }
        Check.that(bytes == part.offset(), "a whole snapshot has all its bytes");
        disk.rename(path(key, PART), path(key, WHOLE));
        disk.syncDirectory(DIRECTORY);
    }

    boolean isWhole(Key key) {
        return disk.exists(path(key, WHOLE));
    }

    private static String path(Key key, String suffix) {
        return DIRECTORY + "/" + name(key, suffix);
    }

    private static String name(Key key, String suffix) {
        return prefix(key.group()) + key.index() + "-" + key.term() + suffix;
    }

    private static String prefix(GroupId group) {
        return group.value() + "-";
    }

    private static QuorateException failed(String path, IOException cause) {
        return new QuorateException(ErrorCode.IO_ERROR, "cannot use snapshot " + path, cause);
    }

    private static QuorateException damaged(String path, String what) {
        return new QuorateException(ErrorCode.DATA_CORRUPTED, "snapshot " + path + " " + what)
                .withHint(
                        "The replica was being replaced by it and holds neither the old state nor the"
                                + " new one. Remove this node from the cluster, and add it again with"
                                + " an empty directory and a new id.");
    }

    /// A whole file as what it holds.
    private static final class Stored implements SnapshotSource {
        private final SnapshotFile file;

        Stored(SnapshotFile file) {
            this.file = file;
        }

        @Override
        public long index() {
            return file.head().key().index();
        }

        @Override
        public long term() {
            return file.head().key().term();
        }

        @Override
        public Membership members() {
            return file.head().members();
        }

        @Override
        public ByteSlice label() {
            return file.head().label();
        }

        @Override
        public Content open() {
            return new StoredContent(file);
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException e) {
                throw failed("of " + file.head().key(), e);
            }
        }
    }

    private static final class StoredContent implements SnapshotSource.Content {
        private final SnapshotFile file;
        private SnapshotFile.Place at;
        private boolean ended;

        StoredContent(SnapshotFile file) {
            this.file = file;
            at = file.first();
        }

        @Override
        public @Nullable ByteSlice next() {
            if (ended) {
                return null;
            }
            try {
                SnapshotFile.Piece piece = file.read(at);
                if (piece == null) {
                    ended = true;
                    return null;
                }
                at = piece.next();
                return piece.data();
            } catch (IOException e) {
                throw failed("of " + file.head().key(), e);
            }
        }

        @Override
        public void close() {}
    }
}
