package io.quorate.raftstore.raft.progress;

import io.quorate.common.check.Check;

/// The appends sent to one member and not yet acknowledged: a ring of (last index, bytes), bounded
/// by count and by bytes. Grows as needed, so that an idle member costs almost nothing.
final class Inflights {
    private static final int CAPACITY_MIN = 4;

    private final int countMax;
    private final long bytesMax;
    private int start;
    private int count;
    private long bytes;
    private long[] lastIndexes = new long[0];
    private long[] sizesBytes = new long[0];

    Inflights(int countMax, long bytesMax) {
        Check.that(countMax > 0, "at least one append may be in flight");
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /// Notes an append that ends in `lastIndex`. Only when not [#isFull()].
    void add(long lastIndex, long sizeBytes) {
        Check.that(!isFull(), "appends are not sent past the in-flight limit");
        Check.that(
                count == 0 || lastIndex > lastIndexes[at(count - 1)], "appends in flight ascend");
        if (count == lastIndexes.length) {
            grow();
        }
        int next = at(count);
        lastIndexes[next] = lastIndex;
        sizesBytes[next] = sizeBytes;
        count++;
        bytes += sizeBytes;
    }

    /// Forgets the appends that end at or below `index`.
    void freeUpTo(long index) {
        while (count > 0 && lastIndexes[start] <= index) {
            bytes -= sizesBytes[start];
            start = at(1);
            count--;
        }
    }

    void clear() {
        start = 0;
        count = 0;
        bytes = 0;
    }

    /// Whether nothing more may be sent. The last append taken may have passed the byte limit.
    boolean isFull() {
        return count == countMax || bytes >= bytesMax;
    }

    int count() {
        return count;
    }

    private int at(int position) {
        int index = start + position;
        return index < lastIndexes.length ? index : index - lastIndexes.length;
    }

    private void grow() {
        int doubled = (int) Math.min(countMax, Math.max(CAPACITY_MIN, 2L * lastIndexes.length));
        long[] newIndexes = new long[doubled];
        long[] newSizes = new long[doubled];
        for (int i = 0; i < count; i++) {
            newIndexes[i] = lastIndexes[at(i)];
            newSizes[i] = sizesBytes[at(i)];
        }
        lastIndexes = newIndexes;
        sizesBytes = newSizes;
        start = 0;
    }
}
