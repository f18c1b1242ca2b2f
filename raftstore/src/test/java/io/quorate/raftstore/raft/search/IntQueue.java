package io.quorate.raftstore.raft.search;

import java.util.ArrayDeque;

/// A queue of ints in blocks that are given back when they have been read.
final class IntQueue {
    private static final int BLOCK = 1 << 16;

    private final ArrayDeque<int[]> blocks = new ArrayDeque<>();
    private int head = BLOCK;
    private int tail = BLOCK;

    boolean isEmpty() {
        return blocks.isEmpty() || (blocks.size() == 1 && head == tail);
    }

    void add(int value) {
        if (tail == BLOCK) {
            if (blocks.isEmpty()) {
                head = 0;
            }
            blocks.addLast(new int[BLOCK]);
            tail = 0;
        }
        blocks.getLast()[tail++] = value;
    }

    int take() {
        if (head == BLOCK) {
            blocks.removeFirst();
            head = 0;
        }
        return blocks.getFirst()[head++];
    }
}
