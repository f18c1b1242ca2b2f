package io.quorate.sql.plan;

import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.exec.Compiler;
import io.quorate.sql.exec.IndexAccess;
import io.quorate.sql.exec.IndexAccess.Bound;
import io.quorate.sql.exec.IndexAccess.KeyValues;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds the index by which a table is read for some conditions.
final class AccessPaths {
    /// Reading a row behind a secondary entry costs as much as this many rows read in order.
    private static final double LOOKUP_COST = 4;

    private static final int COMBINATIONS_MAX = 10_000;

    private final Compiler compiler;

    AccessPaths(Compiler compiler) {
        this.compiler = compiler;
    }

    /// @param rest the conditions that the access does not fulfil
    /// @param rows about how many rows it leads to
    record Path(IndexAccess access, List<Expr> rest, double rows, double cost) {}

    /// The cheapest index for the conditions; null where reading the whole table is cheaper.
    ///
    /// @param firstSlot where the table's columns begin in the row the conditions stand over
    /// @param isGiven whether an expression can be computed before the table is read
    @Nullable Path cheapest(
            TableDescriptor table,
            List<Expr> conditions,
            int firstSlot,
            Predicate<Expr> isGiven,
            double tableRows) {
        Path best = null;
        for (IndexDescriptor index : table.indexes()) {
            Path path = new Matching(table, index, conditions, firstSlot, isGiven).path(tableRows);
            if (path != null && (best == null || path.cost() < best.cost())) {
                best = path;
            }
        }
        return best == null || best.cost() >= tableRows && !best.access().isPoint() ? null : best;
    }

    /// The matching of conditions with the columns of one index.
    private final class Matching {
        private final TableDescriptor table;
        private final IndexDescriptor index;
        private final List<Expr> rest;
        private final int firstSlot;
        private final Predicate<Expr> isGiven;
        private final List<KeyValues> values = new ArrayList<>();
        private final List<Expr> used = new ArrayList<>();
        private int combinations = 1;

        Matching(
                TableDescriptor table,
                IndexDescriptor index,
                List<Expr> conditions,
                int firstSlot,
                Predicate<Expr> isGiven) {
            this.table = table;
            this.index = index;
            this.rest = new ArrayList<>(conditions);
            this.firstSlot = firstSlot;
            this.isGiven = isGiven;
        }

        @Nullable Path path(double tableRows) {
            int[] positions = table.positionsOf(index);
            int matched = 0;
            while (matched < positions.length && matchValues(positions[matched])) {
                matched++;
            }
            Bound lower = null;
            Bound upper = null;
            if (matched < positions.length) {
                lower = matchBound(positions[matched], ">", ">=");
                upper = matchBound(positions[matched], "<", "<=");
            }
            if (matched == 0 && lower == null && upper == null) {
                return null;
            }
            IndexAccess access =
                    new IndexAccess(index, List.copyOf(values), lower, upper, List.copyOf(used));
            double rows = combinations;
            if (!access.isPoint()) {
                double share =
                        Math.pow(Selectivity.EQUAL, matched)
                                * (lower == null ? 1 : Selectivity.RANGE)
                                * (upper == null ? 1 : Selectivity.RANGE);
                rows = Math.max(combinations, tableRows * share * combinations);
            }
            double cost = index.primary() ? rows : rows * LOOKUP_COST;
            return new Path(access, List.copyOf(rest), rows, cost);
        }

        /// Takes a condition that says which values a column has.
        private boolean matchValues(int position) {
            for (Expr condition : rest) {
                KeyValues found = valuesOf(condition, position);
                if (found != null) {
                    values.add(found);
                    use(condition);
                    return true;
                }
            }
            return false;
        }

        private void use(Expr condition) {
            used.add(condition);
            rest.remove(condition);
        }

        private @Nullable KeyValues valuesOf(Expr condition, int position) {
            return switch (condition) {
                case Expr.Call call -> {
                    Expr value = comparedWith(call, position, "=", "=");
                    yield value == null ? null : new KeyValues.One(compiler.compile(value));
                }
                case Expr.InList list when !list.negated() -> {
                    boolean fits =
                            isColumn(list.operand(), position)
                                    && isComparable(list.equality(), position)
                                    && list.values().stream().allMatch(isGiven)
                                    && combinations * list.values().size() <= COMBINATIONS_MAX;
                    if (!fits) {
                        yield null;
                    }
                    combinations *= list.values().size();
                    yield new KeyValues.Many(compiler.compileAll(list.values()));
                }
                case Expr.QuantifiedArray any when !any.all() && any.operator().isOperator("=") -> {
                    boolean fits =
                            isColumn(any.left(), position)
                                    && isComparable(any.operator(), position)
                                    && isGiven.test(any.array());
                    yield fits ? new KeyValues.Elements(compiler.compile(any.array())) : null;
                }
                default -> null;
            };
        }

        /// Takes a condition that bounds a column.
        private @Nullable Bound matchBound(int position, String strict, String inclusive) {
            for (Expr condition : rest) {
                if (!(condition instanceof Expr.Call call)) {
                    continue;
                }
                for (String symbol : List.of(strict, inclusive)) {
                    Expr value = comparedWith(call, position, symbol, mirrored(symbol));
                    if (value != null) {
                        use(condition);
                        return new Bound(compiler.compile(value), symbol.equals(inclusive));
                    }
                }
            }
            return null;
        }

        private static String mirrored(String symbol) {
            return symbol.startsWith("<") ? ">" + symbol.substring(1) : "<" + symbol.substring(1);
        }

        /// The other side of `column op value` or `value mirrored column`; null if it is not one.
        private @Nullable Expr comparedWith(
                Expr.Call call, int position, String symbol, String mirrored) {
            if (call.children().size() != 2 || !isComparable(call.callee(), position)) {
                return null;
            }
            Expr left = call.children().get(0);
            Expr right = call.children().get(1);
            if (call.callee().isOperator(symbol)
                    && isColumn(left, position)
                    && isGiven.test(right)) {
                return right;
            }
            if (call.callee().isOperator(mirrored)
                    && isColumn(right, position)
                    && isGiven.test(left)) {
                return left;
            }
            return null;
        }

        private boolean isColumn(Expr expr, int position) {
            return switch (expr) {
                case Expr.ColumnRef column -> column.slot() == firstSlot + position;
                // varchar is compared as text, which is the same string.
                case Expr.Cast cast ->
                        cast.coercion().isIdentity() && isColumn(cast.operand(), position);
                default -> false;
            };
        }

        /// Whether the operator orders values as the index orders the column.
        private boolean isComparable(Callee operator, int position) {
            SqlType column = table.columns().get(position).type();
            return operator.argumentTypes().stream()
                    .allMatch(type -> family(type) == family(column) && !type.isPolymorphic());
        }
    }

    /// Types of one family are compared with each other by the order of their keys.
    private static TypeKind family(SqlType type) {
        return switch (type.kind()) {
            case INT2, INT4, INT8 -> TypeKind.INT8;
            case TEXT, VARCHAR -> TypeKind.TEXT;
            default -> type.kind();
        };
    }

    static boolean isRowless(Expr expr) {
        return Exprs.isRowless(expr);
    }
}
