package io.quorate.raftstore.raft.search;

/// The group states seen, by their 128-bit hashes: 16 bytes a state at a load of up to two thirds.
/// At 10^8 states the chance that two different ones ever shared a hash is below 10^-22.
final class StateSet {
    private long[] table = new long[1 << 17];
    private int count;

    int count() {
        return count;
    }

    /// Returns whether it was new.
    boolean add(long high, long low) {
        if (count * 3L > table.length) {
            grow();
        }
        if (!put(high, low == 0 ? 1 : low)) {
            return false;
        }
        count++;
        return true;
    }

    private boolean put(long high, long low) {
        int mask = table.length / 2 - 1;
        int slot = (int) high & mask;
        while (table[2 * slot + 1] != 0) {
            if (table[2 * slot] == high && table[2 * slot + 1] == low) {
                return false;
            }
            slot = (slot + 1) & mask;
        }
        table[2 * slot] = high;
        table[2 * slot + 1] = low;
        return true;
    }

    private void grow() {
        long[] old = table;
        table = new long[old.length * 2];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                put(old[i], old[i + 1]);
            }
        }
    }
}
