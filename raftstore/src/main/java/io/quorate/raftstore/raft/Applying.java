package io.quorate.raftstore.raft;

import java.util.ArrayDeque;
import java.util.List;

/// The committed entries that are with the driver to be applied, and how many bytes they are.
final class Applying {
    /// One batch as handed out.
    private record Batch(long lastIndex, long sizeBytes, long payloadBytes) {}

    private final long bytesMax;
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private long bytes;

    /// Whether to wait until something has been applied.
    private boolean paused;

    Applying(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// Room left, in bytes; unless paused, one entry may be handed out whatever its size.
    long room() {
        return bytesMax - bytes;
    }

    boolean isPaused() {
        return paused;
    }

    /// @param cutShort whether more entries were ready than fitted
    void add(List<Entry> entries, boolean cutShort) {
        long size = 0;
        long payload = 0;
        for (Entry entry : entries) {
            size += entry.sizeBytes();
            payload += entry.data().length();
        }
        batches.add(new Batch(entries.getLast().index(), size, payload));
        bytes += size;
        paused = cutShort || bytes >= bytesMax;
    }

    /// Forgets the batches applied whole. Returns the payload bytes in them.
    long applied(long index) {
        long payload = 0;
        while (!batches.isEmpty() && batches.getFirst().lastIndex() <= index) {
            Batch done = batches.removeFirst();
            bytes -= done.sizeBytes();
            payload += done.payloadBytes();
        }
        paused = bytes >= bytesMax;
        return payload;
    }
}
