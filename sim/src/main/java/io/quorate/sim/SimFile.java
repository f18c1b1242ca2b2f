package io.quorate.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// The bytes of a file, twice: as the running system sees them, and as they would be found after the
/// power went now if nothing unsynced had reached the disk. Between the two lie the changes of which
/// a crash decides one by one.
final class SimFile implements SimEntry {
    /// What a disk writes as a whole.
    private static final int SECTOR_BYTES = 512;

    private final Bytes current = new Bytes();
    private final Bytes durable = new Bytes();
    private final List<Change> unsynced = new ArrayList<>();
    private long sequence;

    /// What was done to the file since its last sync.
    private sealed interface Change {
        long sequence();
    }

    private record Write(long sequence, int position, byte[] bytes) implements Change {}

    private record Truncate(long sequence, int size) implements Change {}

    int size() {
        return current.size;
    }

    int read(ByteBuffer target, int position) {
        int count = Math.clamp((long) current.size - position, 0, target.remaining());
        target.put(current.array, count == 0 ? 0 : position, count);
        return count;
    }

    void write(byte[] bytes, int position) {
        current.write(bytes, 0, bytes.length, position);
        unsynced.add(new Write(sequence++, position, bytes));
    }

    void truncate(int size) {
        current.truncate(size);
        unsynced.add(new Truncate(sequence++, size));
    }

    /// What a sync that starts now has to make durable: the changes before this number.
    long mark() {
        return sequence;
    }

    /// Makes the changes before `mark` durable.
    void syncTo(long mark) {
        for (Iterator<Change> left = unsynced.iterator(); left.hasNext(); ) {
            Change change = left.next();
            if (change.sequence() < mark) {
                apply(change);
                left.remove();
            }
        }
    }

    /// A sync failed: each change before `mark` reached the disk or never will, while the running
    /// system goes on seeing it. That is what Linux makes of a failed fsync.
    void failSyncTo(long mark, SimRandom random) {
        for (Iterator<Change> left = unsynced.iterator(); left.hasNext(); ) {
            Change change = left.next();
            if (change.sequence() < mark) {
                if (random.chance(0.5)) {
                    apply(change);
                }
                left.remove();
            }
        }
    }

    /// The power went: every unsynced change is there, in part, or not.
    void losePower(SimRandom random, SimDisk.Loss loss) {
        for (Change change : unsynced) {
            switch (loss) {
                case ALL_LOST -> {}
                case ALL_KEPT -> apply(change);
                case MIXED -> applyByChance(change, random);
            }
        }
        unsynced.clear();
        current.become(durable);
    }

    /// Damages one bit, of what is cached and of what is on the disk alike.
    void flip(int position, int bit) {
        current.flip(position, bit);
        durable.flip(position, bit);
    }

    private void applyByChance(Change change, SimRandom random) {
        int fate = random.nextInt(3);
        if (fate == 0) {
            apply(change);
        } else if (fate == 1 && change instanceof Write write) {
            applyTorn(write, random);
        }
    }

    private void apply(Change change) {
        switch (change) {
            case Write write -> durable.write(write.bytes, 0, write.bytes.length, write.position);
            case Truncate truncate -> durable.truncate(truncate.size);
        }
    }

    /// Half of the time a prefix of any length (the file had not grown to its full size), otherwise
    /// any of its sectors.
    private void applyTorn(Write write, SimRandom random) {
        int length = write.bytes.length;
        if (random.chance(0.5)) {
            durable.write(write.bytes, 0, random.nextInt(length + 1), write.position);
            return;
        }
        int from = 0;
        while (from < length) {
            int sectorEnd = SECTOR_BYTES - (write.position + from) % SECTOR_BYTES;
            int count = Math.min(length - from, sectorEnd);
            if (random.chance(0.5)) {
                durable.write(write.bytes, from, count, write.position + from);
            }
            from += count;
        }
    }

    /// A growing array; a gap reads as zeros.
    private static final class Bytes {
        private byte[] array = new byte[0];
        private int size;

        void write(byte[] source, int from, int count, int position) {
            int end = position + count;
            if (count > 0) {
                resize(Math.max(size, end));
                System.arraycopy(source, from, array, position, count);
            }
        }

        void truncate(int newSize) {
            if (newSize < size) {
                Arrays.fill(array, newSize, size, (byte) 0);
                size = newSize;
            }
        }

        void flip(int position, int bit) {
            if (position < size) {
                array[position] ^= (byte) (1 << bit);
            }
        }

        void become(Bytes other) {
            array = Arrays.copyOf(other.array, other.size);
            size = other.size;
        }

        private void resize(int newSize) {
            if (newSize > array.length) {
                array = Arrays.copyOf(array, Math.max(newSize, 2 * array.length));
            }
            size = newSize;
        }
    }
}
