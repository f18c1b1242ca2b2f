package io.quorate.sql.exec;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Subquery;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rels;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A subquery in an expression. What it gives for the same arguments is computed once: for the whole
/// statement where it needs none, and else for as many different arguments as [#MEMO_MAX].
final class Subplan implements Evaluator {
    private static final int MEMO_MAX = 10_000;

    private final Subquery subquery;
    private final PlanNode plan;
    private final Evaluator[] left;
    private final Evaluator[] arguments;
    private final SqlType[] argumentTypes;
    private final boolean isVolatile;
    private final boolean readsOuterTables;
    private final SqlType @Nullable [] hashTypes;

    Subplan(Subquery subquery, PlanNode plan, Evaluator[] left, Evaluator[] arguments) {
        this.subquery = subquery;
        this.plan = plan;
        this.left = left;
        this.arguments = arguments;
        this.argumentTypes = subquery.arguments().stream().map(Expr::type).toArray(SqlType[]::new);
        this.isVolatile = Rels.isVolatile(subquery.query());
        this.readsOuterTables = readsOuterTables(subquery.query());
        this.hashTypes = hashTypes(subquery);
    }

    PlanNode plan() {
        return plan;
    }

    Subquery subquery() {
        return subquery;
    }

    /// Whether it runs once for the statement.
    boolean isIndependent() {
        return arguments.length == 0 && !isVolatile;
    }

    @Override
    public @Nullable Object evaluate(Frame frame, @Nullable Object[] row) {
        @Nullable Object[] values = Evaluator.all(arguments, frame, row);
        return switch (subquery.kind()) {
            case SCALAR -> memo(frame, values, this::scalar);
            case EXISTS -> memo(frame, values, this::exists);
            case ARRAY -> memo(frame, values, this::array);
            case ANY, ALL -> quantified(frame, row, values);
        };
    }

    private interface Computation {
        @Nullable Object compute(Frame frame);
    }

    /// The results of this subquery in a frame, by arguments.
    private static final class Memo {
        private final Map<GroupKey, @Nullable Object> results = new HashMap<>();
    }

    private @Nullable Object memo(Frame frame, @Nullable Object[] values, Computation computation) {
        if (isVolatile) {
            return computation.compute(frame.invoke(values));
        }
        Frame home = values.length == 0 && !readsOuterTables ? frame.statement() : frame;
        Memo memo = home.kept(this, Memo::new);
        GroupKey key = new GroupKey(argumentTypes, values);
        if (memo.results.containsKey(key)) {
            return memo.results.get(key);
        }
        Object result = computation.compute(frame.invoke(values));
        if (memo.results.size() < MEMO_MAX) {
            memo.results.put(key, result);
        }
        return result;
    }

    private @Nullable Object scalar(Frame frame) {
        Operator operator = Operators.create(plan, frame);
        try {
            operator.open();
            @Nullable Object[] first = operator.next();
            if (first == null) {
                return null;
            }
            if (operator.next() != null) {
                throw new QuorateException(
                        ErrorCode.CARDINALITY_VIOLATION,
                        "more than one row returned by a subquery used as an expression");
            }
            return first[0];
        } finally {
            operator.close();
        }
    }

    private Object exists(Frame frame) {
        Operator operator = Operators.create(plan, frame);
        try {
            operator.open();
            return operator.next() != null;
        } finally {
            operator.close();
        }
    }

    private Object array(Frame frame) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (@Nullable Object[] row :
                HeldRows.of(Operators.create(plan, frame), frame.run()).rows()) {
            elements.add(row[0]);
        }
        SqlType element = subquery.query().types().getFirst();
        return SqlArray.of(element.withTypmod(-1), elements.toArray());
    }

    /// The rows of a quantified subquery, looked up where its comparison allows.
    private static final class Answers {
        private final List<@Nullable Object[]> rows;
        private final Set<GroupKey> keys = new HashSet<>();
        private boolean hasNull;

        Answers(List<@Nullable Object[]> rows, SqlType @Nullable [] types) {
            this.rows = rows;
            if (types == null) {
                return;
            }
            for (@Nullable Object[] row : rows) {
                if (GroupKey.hasNull(row)) {
                    hasNull = true;
                } else {
                    keys.add(new GroupKey(types, row));
                }
            }
        }
    }

    private @Nullable Object quantified(
            Frame frame, @Nullable Object[] row, @Nullable Object[] values) {
        @Nullable Object[] operands = Evaluator.all(left, frame, row);
        Object answers = memo(frame, values, this::answers);
        if (!(answers instanceof Answers found)) {
            return null;
        }
        boolean all = subquery.kind() == Expr.SubqueryKind.ALL;
        if (hashTypes != null && !GroupKey.hasNull(operands)) {
            if (found.keys.contains(new GroupKey(hashTypes, operands))) {
                return true;
            }
            if (!found.hasNull) {
                return false;
            }
        }
        boolean unknown = false;
        for (@Nullable Object[] candidate : found.rows) {
            frame.run().step();
            Object outcome = compare(frame, operands, candidate);
            if (outcome == null) {
                unknown = true;
            } else if ((Boolean) outcome != all) {
                return !all;
            }
        }
        return unknown ? null : all;
    }

    private Object answers(Frame frame) {
        HeldRows rows = HeldRows.of(Operators.create(plan, frame), frame.run());
        return new Answers(rows.rows(), hashTypes);
    }

    /// One operand row against one row of the subquery: all columns for `=`, any for `<>`.
    private @Nullable Object compare(
            Frame frame, @Nullable Object[] operands, @Nullable Object[] candidate) {
        List<Callee> comparisons = subquery.comparisons();
        boolean any = comparisons.size() > 1 && comparisons.getFirst().isOperator("<>");
        boolean unknown = false;
        for (int i = 0; i < comparisons.size(); i++) {
            Object outcome =
                    comparisons
                            .get(i)
                            .implementation()
                            .call(frame.context().call(), new Object[] {operands[i], candidate[i]});
            if (outcome == null) {
                unknown = true;
            } else if ((Boolean) outcome == any) {
                return any;
            }
        }
        return unknown ? null : !any;
    }

    /// The types to hash by where it is `= ANY`; null where it must be compared row by row.
    private static SqlType @Nullable [] hashTypes(Subquery subquery) {
        if (subquery.kind() != Expr.SubqueryKind.ANY) {
            return null;
        }
        List<SqlType> types = new ArrayList<>();
        for (Callee comparison : subquery.comparisons()) {
            SqlType type =
                    GroupKey.commonHashType(
                            comparison.argumentTypes().get(0), comparison.argumentTypes().get(1));
            if (type == null || !comparison.isOperator("=")) {
                return null;
            }
            types.add(type);
        }
        return GroupKey.types(types);
    }

    /// Whether it reads common tables that are defined around it.
    private static boolean readsOuterTables(Rel query) {
        Set<Integer> defined = new HashSet<>();
        Map<Integer, Boolean> read = new LinkedHashMap<>();
        Rels.walk(
                query,
                rel -> {
                    switch (rel) {
                        case Rel.CommonScan scan -> read.put(scan.id(), true);
                        case Rel.With with ->
                                with.tables().forEach(table -> defined.add(table.id()));
                        case Rel.Recursive recursive -> defined.add(recursive.id());
                        default -> {}
                    }
                });
        return !defined.containsAll(read.keySet());
    }
}
