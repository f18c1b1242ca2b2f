package io.quorate.common.env;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// The data directory of one node. Paths are relative to it, with `/` between their parts.
///
/// What survives a crash of the machine: the bytes of a file up to its last [DiskFile#sync()], and
/// the names in a directory up to its last [#syncDirectory]. Anything later may be there, in part,
/// or not.
public interface Disk {
    /// Opens for reading and writing, making the file (and the directories above it) if need be.
    DiskFile open(String path) throws IOException;

    boolean exists(String path);

    /// The names in a directory, sorted; empty if there is no such directory.
    List<String> list(String directory) throws IOException;

    /// Does nothing if there is no such file.
    void delete(String path) throws IOException;

    /// Replaces `to` in one step if it exists.
    void rename(String from, String to) throws IOException;

    /// Makes the names in the directory durable, and those of the directories on the way to it; `""`
    /// is the data directory itself.
    void syncDirectory(String directory) throws IOException;

    /// Takes the directory for this process. Throws IOException if another process has it.
    Closeable lock(String path) throws IOException;

    /// Where the path lies on the machine, for a library that does its own I/O.
    String machinePath(String path);

    /// A file, open until closed. Reads and writes say where; there is no position.
    interface DiskFile extends Closeable {
        /// Fills `target` from `position`; returns how many bytes there were, fewer only at the end.
        int read(ByteBuffer target, long position) throws IOException;

        /// Writes all of `source` at `position`.
        void write(ByteBuffer source, long position) throws IOException;

        /// Returns when every byte written before is on the disk. After an IOException from here
        /// nobody knows what is: the file must not be used again.
        void sync() throws IOException;

        long size() throws IOException;

        void truncate(long size) throws IOException;

        @Override
        void close() throws IOException;
    }
}
