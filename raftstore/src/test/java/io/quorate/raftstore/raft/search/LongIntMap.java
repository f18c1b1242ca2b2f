package io.quorate.raftstore.raft.search;

import java.util.Arrays;

/// A growing map from non-negative longs to ints.
final class LongIntMap {
    private static final long FREE = -1;

    private long[] keys = new long[1 << 10];
    private int[] values = new int[1 << 10];
    private int count;

    LongIntMap() {
        Arrays.fill(keys, FREE);
    }

    /// The value of `key`, or `otherwise`.
    int get(long key, int otherwise) {
        int slot = slotOf(key);
        return keys[slot] == key ? values[slot] : otherwise;
    }

    void put(long key, int value) {
        if (count * 3L > keys.length * 2L) {
            grow();
        }
        int slot = slotOf(key);
        count += keys[slot] == key ? 0 : 1;
        keys[slot] = key;
        values[slot] = value;
    }

    private int slotOf(long key) {
        int slot = (int) Hash128.mix(key) & (keys.length - 1);
        while (keys[slot] != FREE && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new int[oldKeys.length * 2];
        Arrays.fill(keys, FREE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
