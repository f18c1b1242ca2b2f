package io.quorate.raftstore.raft.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How each group state was first reached, eight bytes a state.
final class History {
    private int[] before = new int[1 << 12];
    private int[] inputs = new int[1 << 12];
    private int count;

    /// @param from the number of the state before; -1 for the first one
    /// @return the number of the new state
    int add(int from, int input) {
        if (count == before.length) {
            before = Arrays.copyOf(before, count * 2);
            inputs = Arrays.copyOf(inputs, count * 2);
        }
        before[count] = from;
        inputs[count] = input;
        return count++;
    }

    int count() {
        return count;
    }

    /// The inputs that lead to a state, first one first; none to the first one, or to -1.
    List<Integer> pathTo(int state) {
        List<Integer> path = new ArrayList<>();
        for (int at = state; at > 0; at = before[at]) {
            path.add(inputs[at]);
        }
        return path.reversed();
    }
}
