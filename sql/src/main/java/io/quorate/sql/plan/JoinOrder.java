package io.quorate.sql.plan;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses the order of inner joins: all orders are weighed up to [#EXHAUSTIVE_MAX] parts, by
/// dynamic programming over sets of parts; beyond that the two parts whose join is smallest are
/// joined first, again and again. What is weighed is the sum of the rows that all joins give.
final class JoinOrder {
    private static final int EXHAUSTIVE_MAX = 10;

    /// How the parts are to be joined.
    sealed interface Tree {
        record Leaf(int part) implements Tree {}

        record Pair(Tree left, Tree right) implements Tree {}
    }

    private record Candidate(Tree tree, BitSet parts, double rows, double cost) {}

    private record Condition(BitSet parts, double share) {}

    private final double[] rows;
    private final List<Condition> conditions = new ArrayList<>();

    /// @param rows of each part
    /// @param partOfColumn the part that each column of the whole join comes from
    JoinOrder(double[] rows, int[] partOfColumn, List<Expr> joinConditions) {
        this.rows = rows;
        for (Expr condition : joinConditions) {
            BitSet parts = new BitSet();
            Exprs.slots(condition).stream().forEach(slot -> parts.set(partOfColumn[slot]));
            conditions.add(new Condition(parts, Selectivity.of(condition)));
        }
    }

    Tree choose() {
        return rows.length <= EXHAUSTIVE_MAX ? exhaustive() : greedy();
    }

    private Candidate leaf(int part) {
        BitSet parts = new BitSet();
        parts.set(part);
        return new Candidate(new Tree.Leaf(part), parts, rows[part], 0);
    }

    private Candidate pair(Candidate left, Candidate right) {
        BitSet parts = (BitSet) left.parts().clone();
        parts.or(right.parts());
        double joined = left.rows() * right.rows();
        for (Condition condition : conditions) {
            if (within(condition.parts(), parts)
                    && !within(condition.parts(), left.parts())
                    && !within(condition.parts(), right.parts())) {
                joined *= condition.share();
            }
        }
        joined = Math.max(1, joined);
        return new Candidate(
                new Tree.Pair(left.tree(), right.tree()),
                parts,
                joined,
                left.cost() + right.cost() + joined);
    }

    private static boolean within(BitSet inner, BitSet outer) {
        BitSet outside = (BitSet) inner.clone();
        outside.andNot(outer);
        return outside.isEmpty();
    }

    private boolean isConnected(Candidate left, Candidate right) {
        for (Condition condition : conditions) {
            if (condition.parts().intersects(left.parts())
                    && condition.parts().intersects(right.parts())) {
                return true;
            }
        }
        return false;
    }

    private Tree exhaustive() {
        int all = (1 << rows.length) - 1;
        Map<Integer, Candidate> best = new HashMap<>();
        for (int part = 0; part < rows.length; part++) {
            best.put(1 << part, leaf(part));
        }
        for (int set = 1; set <= all; set++) {
            if (Integer.bitCount(set) < 2) {
                continue;
            }
            Candidate found = bestOf(set, best, true);
            if (found == null) {
                found = bestOf(set, best, false);
            }
            if (found != null) {
                best.put(set, found);
            }
        }
        Candidate whole = best.get(all);
        return whole == null ? greedy() : whole.tree();
    }

    /// The cheapest way to join the parts of a set from two smaller ones.
    private @Nullable Candidate bestOf(
            int set, Map<Integer, Candidate> best, boolean connectedOnly) {
        Candidate found = null;
        for (int left = (set - 1) & set; left > 0; left = (left - 1) & set) {
            int right = set ^ left;
            Candidate one = best.get(left);
            Candidate other = best.get(right);
            // Each split is met twice; its larger half is taken first.
            if (one == null || other == null || left < right) {
                continue;
            }
            if (connectedOnly && !isConnected(one, other)) {
                continue;
            }
            Candidate pair = pair(one, other);
            if (found == null || pair.cost() < found.cost()) {
                found = pair;
            }
        }
        return found;
    }

    private Tree greedy() {
        List<Candidate> open = new ArrayList<>();
        for (int part = 0; part < rows.length; part++) {
            open.add(leaf(part));
        }
        while (open.size() > 1) {
            int bestLeft = 0;
            int bestRight = 1;
            Candidate best = null;
            boolean bestConnected = false;
            for (int i = 0; i < open.size(); i++) {
                for (int j = i + 1; j < open.size(); j++) {
                    boolean connected = isConnected(open.get(i), open.get(j));
                    if (bestConnected && !connected) {
                        continue;
                    }
                    Candidate pair = pair(open.get(i), open.get(j));
                    if (best == null || connected && !bestConnected || pair.rows() < best.rows()) {
                        best = pair;
                        bestConnected = connected;
                        bestLeft = i;
                        bestRight = j;
                    }
                }
            }
            if (best == null) {
                break;
            }
            open.remove(bestRight);
            open.set(bestLeft, best);
        }
        return open.getFirst().tree();
    }
}
