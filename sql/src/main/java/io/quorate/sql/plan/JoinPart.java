package io.quorate.sql.plan;

import io.quorate.sql.algebra.Rel;
import io.quorate.sql.exec.PlanNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A piece of a join while its order is sought.
///
/// @param slots which column of the whole join each column of the node is
/// @param base the relation it is, where it is one alone
record JoinPart(PlanNode node, int[] slots, @Nullable Rel base) {
    double rows() {
        return node.rows();
    }

    int width() {
        return slots.length;
    }

    /// Where a column of the whole join stands in this part; -1 if it does not.
    int slotOf(int column) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == column) {
                return i;
            }
        }
        return -1;
    }

    /// The columns of this part followed by those of another.
    int[] slotsWith(JoinPart right) {
        int[] both = Arrays.copyOf(slots, slots.length + right.slots.length);
        System.arraycopy(right.slots, 0, both, slots.length, right.slots.length);
        return both;
    }
}
