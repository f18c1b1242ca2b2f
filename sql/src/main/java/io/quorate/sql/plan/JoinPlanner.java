package io.quorate.sql.plan;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.exec.Compiler;
import io.quorate.sql.exec.Computed;
import io.quorate.sql.exec.PlanNode;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans joins: the order of inner ones, and for each pair a hash table, lookups by index, or every
/// pair of rows.
final class JoinPlanner {
    /// Looking a row up costs as much as this many rows read in order.
    private static final double LOOKUP_COST = 2;

    private final PhysicalPlanner planner;
    private final Compiler compiler;

    JoinPlanner(PhysicalPlanner planner, Compiler compiler) {
        this.planner = planner;
        this.compiler = compiler;
    }

    PlanNode plan(Rel.Join join) {
        return join.kind() == JoinKind.INNER ? planInner(join) : planOuter(join);
    }

    private PlanNode planInner(Rel.Join join) {
        List<Rel> leaves = new ArrayList<>();
        List<Expr> conditions = new ArrayList<>();
        flatten(join, 0, leaves, conditions);
        int[] firstSlots = new int[leaves.size()];
        int width = 0;
        for (int i = 0; i < leaves.size(); i++) {
            firstSlots[i] = width;
            width += leaves.get(i).types().size();
        }
        int[] partOfColumn = new int[width];
        for (int i = 0; i < leaves.size(); i++) {
            int end = i + 1 < leaves.size() ? firstSlots[i + 1] : width;
            java.util.Arrays.fill(partOfColumn, firstSlots[i], end, i);
        }
        List<Expr> shared = new ArrayList<>();
        List<List<Expr>> own = new ArrayList<>();
        leaves.forEach(leaf -> own.add(new ArrayList<>()));
        for (Expr condition : conditions) {
            BitSet parts = new BitSet();
            Exprs.slots(condition).stream().forEach(slot -> parts.set(partOfColumn[slot]));
            if (parts.cardinality() == 1 && !Exprs.isVolatile(condition)) {
                int part = parts.nextSetBit(0);
                own.get(part).add(Exprs.shift(condition, -firstSlots[part]));
            } else {
                shared.add(condition);
            }
        }
        JoinPart[] parts = new JoinPart[leaves.size()];
        double[] rows = new double[leaves.size()];
        for (int i = 0; i < parts.length; i++) {
            Rel leaf = filtered(leaves.get(i), own.get(i));
            int[] slots = new int[leaf.types().size()];
            for (int j = 0; j < slots.length; j++) {
                slots[j] = firstSlots[i] + j;
            }
            parts[i] = new JoinPart(planner.plan(leaf), slots, leaf);
            rows[i] = parts[i].rows();
        }
        JoinOrder.Tree tree = new JoinOrder(rows, partOfColumn, shared).choose();
        JoinPart whole = build(tree, parts, shared);
        PlanNode node = whole.node();
        if (!shared.isEmpty()) {
            // Conditions without columns belong to no pair.
            node = filter(node, shared, whole);
        }
        return inOrder(node, whole, join.types());
    }

    private static void flatten(Rel rel, int firstSlot, List<Rel> leaves, List<Expr> conditions) {
        if (rel instanceof Rel.Join join && join.kind() == JoinKind.INNER) {
            flatten(join.left(), firstSlot, leaves, conditions);
            flatten(join.right(), firstSlot + join.left().types().size(), leaves, conditions);
            for (Expr conjunct : Exprs.conjuncts(join.condition())) {
                conditions.add(Exprs.shift(conjunct, firstSlot));
            }
        } else {
            leaves.add(rel);
        }
    }

    private static Rel filtered(Rel rel, List<Expr> conditions) {
        if (conditions.isEmpty()) {
            return rel;
        }
        if (rel instanceof Rel.Filter filter) {
            List<Expr> all = new ArrayList<>(Exprs.conjuncts(filter.condition()));
            all.addAll(conditions);
            return new Rel.Filter(filter.input(), Exprs.and(all));
        }
        return new Rel.Filter(rel, Exprs.and(conditions));
    }

    private PlanNode filter(PlanNode node, List<Expr> conditions, JoinPart whole) {
        Expr condition = Exprs.mapSlots(Exprs.and(conditions), whole::slotOf);
        return new PlanNode.Filter(node, compiler.compile(condition), node.rows());
    }

    private PlanNode inOrder(PlanNode node, JoinPart whole, List<SqlType> types) {
        boolean ordered = true;
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            int slot = whole.slotOf(i);
            ordered &= slot == i;
            columns.add(new Expr.ColumnRef(slot, types.get(i)));
        }
        return ordered
                ? node
                : new PlanNode.Project(node, compiler.compileAll(columns), node.rows());
    }

    /// Takes the conditions that a pair can judge out of `open`.
    private JoinPart build(JoinOrder.Tree tree, JoinPart[] parts, List<Expr> open) {
        return switch (tree) {
            case JoinOrder.Tree.Leaf leaf -> parts[leaf.part()];
            case JoinOrder.Tree.Pair pair -> {
                JoinPart left = build(pair.left(), parts, open);
                JoinPart right = build(pair.right(), parts, open);
                // The smaller side is held in memory, or looked up in.
                if (left.rows() < right.rows() && left.base() != null && right.base() == null
                        || left.rows() < right.rows()
                                && right.base() != null
                                && !canLookUp(left, right, open)) {
                    JoinPart swapped = left;
                    left = right;
                    right = swapped;
                }
                List<Expr> conditions = new ArrayList<>();
                int[] slots = left.slotsWith(right);
                JoinPart both = new JoinPart(left.node(), slots, null);
                for (Expr condition : List.copyOf(open)) {
                    BitSet used = Exprs.slots(condition);
                    if (!used.isEmpty() && used.stream().allMatch(slot -> both.slotOf(slot) >= 0)) {
                        conditions.add(Exprs.mapSlots(condition, both::slotOf));
                        open.remove(condition);
                    }
                }
                PlanNode node =
                        pair(
                                JoinKind.INNER,
                                left.node(),
                                right.node(),
                                right.base(),
                                left.width(),
                                right.width(),
                                conditions);
                yield new JoinPart(node, slots, null);
            }
        };
    }

    private boolean canLookUp(JoinPart left, JoinPart right, List<Expr> open) {
        Rel base = right.base();
        if (base == null) {
            return false;
        }
        JoinPart both = new JoinPart(left.node(), left.slotsWith(right), null);
        List<Expr> conditions = new ArrayList<>();
        for (Expr condition : open) {
            if (Exprs.slots(condition).stream().allMatch(slot -> both.slotOf(slot) >= 0)) {
                conditions.add(Exprs.mapSlots(condition, both::slotOf));
            }
        }
        return lookup(JoinKind.INNER, left.node(), base, left.width(), conditions) != null;
    }

    private PlanNode planOuter(Rel.Join join) {
        int leftWidth = join.left().types().size();
        int rightWidth = join.right().types().size();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> rightOnly = new ArrayList<>();
        boolean rightMayBeFiltered =
                switch (join.kind()) {
                    case LEFT, SEMI, ANTI -> true;
                    case INNER, RIGHT, FULL -> false;
                };
        for (Expr conjunct : Exprs.conjuncts(join.condition())) {
            BitSet slots = Exprs.slots(conjunct);
            if (rightMayBeFiltered
                    && !slots.isEmpty()
                    && slots.nextSetBit(0) >= leftWidth
                    && !Exprs.isVolatile(conjunct)) {
                rightOnly.add(Exprs.shift(conjunct, -leftWidth));
            } else {
                conditions.add(conjunct);
            }
        }
        Rel right = filtered(join.right(), rightOnly);
        return pair(
                join.kind(),
                planner.plan(join.left()),
                planner.plan(right),
                right,
                leftWidth,
                rightWidth,
                conditions);
    }

    /// @param conditions over the left row followed by the right one
    private PlanNode pair(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            @Nullable Rel rightBase,
            int leftWidth,
            int rightWidth,
            List<Expr> conditions) {
        if (rightBase != null) {
            PlanNode lookup = lookup(kind, left, rightBase, leftWidth, conditions);
            if (lookup != null) {
                return lookup;
            }
        }
        double rows = rows(kind, left.rows(), right.rows(), conditions);
        List<Computed> leftKeys = new ArrayList<>();
        List<Computed> rightKeys = new ArrayList<>();
        List<SqlType> keyTypes = new ArrayList<>();
        List<Expr> residual = new ArrayList<>();
        for (Expr condition : conditions) {
            if (!addKeys(condition, leftWidth, leftKeys, rightKeys, keyTypes)) {
                residual.add(condition);
            }
        }
        Computed rest = residual.isEmpty() ? null : compiler.compile(Exprs.and(residual));
        return leftKeys.isEmpty()
                ? new PlanNode.NestedLoop(kind, left, right, rest, leftWidth, rightWidth, rows)
                : new PlanNode.HashJoin(
                        kind,
                        left,
                        right,
                        leftKeys,
                        rightKeys,
                        keyTypes,
                        rest,
                        leftWidth,
                        rightWidth,
                        rows);
    }

    private static double rows(JoinKind kind, double left, double right, List<Expr> conditions) {
        double joined = Math.max(1, left * right * Selectivity.of(Exprs.and(conditions)));
        return switch (kind) {
            case INNER -> joined;
            case LEFT -> Math.max(joined, left);
            case RIGHT -> Math.max(joined, right);
            case FULL -> Math.max(joined, left + right);
            case SEMI, ANTI -> Math.max(1, left / 2);
        };
    }

    /// Takes an equality between the sides that hashes alike on both.
    private boolean addKeys(
            Expr condition,
            int leftWidth,
            List<Computed> leftKeys,
            List<Computed> rightKeys,
            List<SqlType> keyTypes) {
        if (!(condition instanceof Expr.Call call)
                || !call.callee().isOperator("=")
                || Exprs.isVolatile(condition)) {
            return false;
        }
        Callee callee = call.callee();
        SqlType type =
                Hashing.commonType(callee.argumentTypes().get(0), callee.argumentTypes().get(1));
        Expr first = call.children().get(0);
        Expr second = call.children().get(1);
        if (type == null) {
            return false;
        }
        if (isOn(second, 0, leftWidth)) {
            Expr swapped = first;
            first = second;
            second = swapped;
        }
        if (!isOn(first, 0, leftWidth) || !isOn(second, leftWidth, Integer.MAX_VALUE)) {
            return false;
        }
        leftKeys.add(compiler.compile(first));
        rightKeys.add(compiler.compile(Exprs.shift(second, -leftWidth)));
        keyTypes.add(type);
        return true;
    }

    /// Whether it reads columns, all of them from this side.
    private static boolean isOn(Expr expr, int from, int to) {
        BitSet slots = Exprs.slots(expr);
        return !slots.isEmpty() && slots.nextSetBit(0) >= from && slots.length() <= to;
    }

    /// Looking the right rows up by index; null where that is impossible or dearer.
    private @Nullable PlanNode lookup(
            JoinKind kind, PlanNode left, Rel right, int leftWidth, List<Expr> conditions) {
        if (kind == JoinKind.RIGHT || kind == JoinKind.FULL) {
            return null;
        }
        Rel.Scan scan =
                right instanceof Rel.Filter filter && filter.input() instanceof Rel.Scan inner
                        ? inner
                        : right instanceof Rel.Scan itself ? itself : null;
        if (scan == null || !(scan.relation() instanceof TableDescriptor table)) {
            return null;
        }
        List<Expr> all = new ArrayList<>(conditions);
        int ownFrom = all.size();
        if (right instanceof Rel.Filter filter) {
            Exprs.conjuncts(filter.condition())
                    .forEach(each -> all.add(Exprs.shift(each, leftWidth)));
        }
        AccessPaths.Path path =
                new AccessPaths(compiler)
                        .cheapest(
                                table,
                                all,
                                leftWidth,
                                expr ->
                                        !Exprs.isVolatile(expr)
                                                && Exprs.slots(expr).length() <= leftWidth,
                                planner.statistics().rows(table));
        boolean usesLeft =
                path != null
                        && path.access().conditions().stream()
                                .anyMatch(each ->
                                        conditions.contains(each) && all.indexOf(each) < ownFrom);
        if (path == null || !usesLeft) {
            return null;
        }
        double tableRows = planner.statistics().rows(table);
        if (left.rows() * Math.max(LOOKUP_COST, path.cost()) >= tableRows) {
            return null;
        }
        List<Expr> filter = new ArrayList<>();
        List<Expr> residual = new ArrayList<>();
        for (Expr each : path.rest()) {
            BitSet slots = Exprs.slots(each);
            if (!slots.isEmpty() && slots.nextSetBit(0) >= leftWidth) {
                filter.add(Exprs.shift(each, -leftWidth));
            } else {
                residual.add(each);
            }
        }
        Check.that(kind != JoinKind.RIGHT, "a lookup keeps no right rows");
        return new PlanNode.LookupJoin(
                kind,
                left,
                new TableRows(table),
                scan.alias(),
                scan.withKey(),
                path.access(),
                filter.isEmpty() ? null : compiler.compile(Exprs.and(filter)),
                residual.isEmpty() ? null : compiler.compile(Exprs.and(residual)),
                rows(kind, left.rows(), path.rows(), path.rest()));
    }
}
