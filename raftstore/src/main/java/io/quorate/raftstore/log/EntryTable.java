package io.quorate.raftstore.log;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.Entry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where consecutive entries lie, in parallel arrays used as rings: some 35 bytes an entry, and the
/// entry itself where it is held in memory.
final class EntryTable {
    private long first = 1;
    private int size;
    private long bytes;
    private int head;
    private long[] terms = new long[0];
    private long[] sequences = new long[0];
    private int[] offsets = new int[0];
    private int[] lengths = new int[0];
    private int[] checksums = new int[0];
    private byte[] kinds = new byte[0];
    private @Nullable Entry[] cached = new @Nullable Entry[0];

    long firstIndex() {
        return first;
    }

    /// One less than the first if empty.
    long lastIndex() {
        return first + size - 1;
    }

    /// The data of all entries together.
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(long index) {
        return index >= first && index <= lastIndex();
    }

    long term(long index) {
        return terms[slot(index)];
    }

    int kind(long index) {
        return kinds[slot(index)] & 0xff;
    }

    /// The entry if it is held in memory.
    @Nullable Entry cached(long index) {
        return cached[slot(index)];
    }

    /// The segment that holds the entry.
    long sequence(long index) {
        return sequences[slot(index)];
    }

    /// Where its data begins in the segment.
    int offset(long index) {
        return offsets[slot(index)];
    }

    /// How long its data is.
    int length(long index) {
        return lengths[slot(index)];
    }

    /// CRC32C of its data.
    int checksum(long index) {
        return checksums[slot(index)];
    }

    /// Adds the entry after the last one. Where it lies is told by [#locate].
    void append(long term, int kind, @Nullable Entry entry) {
        if (size == terms.length) {
            grow();
        }
        size++;
        int slot = slot(lastIndex());
        lengths[slot] = 0;
        terms[slot] = term;
        kinds[slot] = (byte) kind;
        cached[slot] = entry;
    }

    void locate(long index, long sequence, int offset, int length, int checksum) {
        int slot = slot(index);
        bytes += length - lengths[slot];
        sequences[slot] = sequence;
        offsets[slot] = offset;
        lengths[slot] = length;
        checksums[slot] = checksum;
    }

    /// Lets go of the entry in memory; it can still be read from its segment.
    void uncache(long index) {
        cached[slot(index)] = null;
    }

    /// Drops the entries from `index` on.
    void truncateFrom(long index) {
        Check.that(index >= first, "cannot cut at %d a table from %d", index, first);
        while (lastIndex() >= index) {
            cached[slot(lastIndex())] = null;
            bytes -= lengths[slot(lastIndex())];
            size--;
        }
    }

    /// Drops the entries before `index`, which becomes the first one.
    void dropBefore(long index) {
        Check.that(index >= first, "a table's beginning %d does not go back to %d", first, index);
        while (size > 0 && first < index) {
            cached[head] = null;
            bytes -= lengths[head];
            head = head + 1 == terms.length ? 0 : head + 1;
            first++;
            size--;
        }
        first = index;
    }

    /// Empties the table; the next entry will have `index`.
    void restartAt(long index) {
        Arrays.fill(cached, null);
        size = 0;
        bytes = 0;
        head = 0;
        first = index;
    }

    private int slot(long index) {
        long place = index - first;
        Check.that(
                place >= 0 && place < size, "entry %d is not in the table from %d", index, first);
        int slot = head + (int) place;
        return slot >= terms.length ? slot - terms.length : slot;
    }

    private void grow() {
        int capacity = Math.max(16, terms.length * 2);
        terms = unrolled(terms, new long[capacity]);
        sequences = unrolled(sequences, new long[capacity]);
        offsets = unrolled(offsets, new int[capacity]);
        lengths = unrolled(lengths, new int[capacity]);
        checksums = unrolled(checksums, new int[capacity]);
        kinds = unrolled(kinds, new byte[capacity]);
        cached = unrolled(cached, new @Nullable Entry[capacity]);
        head = 0;
    }

    /// Copies a full ring to the beginning of a larger array of the same type.
    private <A> A unrolled(A ring, A target) {
        int tail = size - head;
        System.arraycopy(ring, head, target, 0, tail);
        System.arraycopy(ring, 0, target, tail, head);
        return target;
    }
}
