package io.quorate.region.engine;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The directory an engine lives in, and the file in it that says which format its records have.
final class EngineDirectory {
    /// Grows when an older release could no longer read the records.
    static final int FORMAT = 1;

    private static final String FORMAT_FILE = "QUORATE-FORMAT";

    private final Path directory;

    EngineDirectory(Path directory) {
        this.directory = directory;
    }

    /// Makes the directory if need be, and refuses one that a newer release wrote.
    void prepare() {
        Path file = directory.resolve(FORMAT_FILE);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                writeFormat(file);
            }
            int found = readFormat(file);
            if (found > FORMAT) {
                throw new QuorateException(
                                ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                                "the data in "
                                        + directory
                                        + " has format "
                                        + found
                                        + ", this release reads up to "
                                        + FORMAT)
                        .withHint("Start the release that wrote it, or a newer one.");
            }
        } catch (IOException e) {
            throw new QuorateException(
                    ErrorCode.IO_ERROR, "cannot use the data directory " + directory, e);
        }
    }

    private static int readFormat(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new QuorateException(
                    ErrorCode.DATA_CORRUPTED, file + " holds no format number: " + text, e);
        }
    }

    private void writeFormat(Path file) throws IOException {
        Path fresh = directory.resolve(FORMAT_FILE + ".new");
        byte[] text = (FORMAT + "\n").getBytes(StandardCharsets.US_ASCII);
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory)) {
            channel.force(true);
        }
    }
}
