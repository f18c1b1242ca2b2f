package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Constant;
import io.quorate.sql.algebra.Expr.Subquery;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.function.Implementation;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.Datums;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns expressions into closures.
public final class Compiler {
    /// Plans the queries inside expressions.
    public interface SubqueryPlanner {
        PlanNode plan(Rel query);
    }

    private final SubqueryPlanner planner;

    public Compiler(SubqueryPlanner planner) {
        this.planner = planner;
    }

    public Computed compile(Expr expr) {
        List<Subplan> subplans = new ArrayList<>();
        Evaluator evaluator = new Compilation(subplans).compile(expr);
        return new Computed(expr, evaluator, subplans);
    }

    public List<Computed> compileAll(List<Expr> expressions) {
        return expressions.stream().map(this::compile).toList();
    }

    private final class Compilation {
        private final List<Subplan> subplans;

        Compilation(List<Subplan> subplans) {
            this.subplans = subplans;
        }

        Evaluator compile(Expr expr) {
            return switch (expr) {
                case Constant constant -> {
                    Object value = constant.value();
                    yield (frame, row) -> value;
                }
                case Expr.ColumnRef column -> {
                    int slot = column.slot();
                    yield (frame, row) -> row[slot];
                }
                case Expr.Correlated correlated -> {
                    int index = correlated.index();
                    yield (frame, row) -> frame.argument(index);
                }
                case Expr.Parameter parameter -> {
                    int index = parameter.index();
                    yield (frame, row) -> frame.context().parameters()[index];
                }
                case Expr.Call call -> call(call.callee(), compileAll(call.children()));
                case Expr.Cast cast -> cast(cast);
                case Expr.And and -> Conditions.and(compileAll(and.children()));
                case Expr.Or or -> Conditions.or(compileAll(or.children()));
                case Expr.Not not -> Conditions.not(compile(not.operand()));
                case Expr.IsNull isNull ->
                        Conditions.isNull(
                                compile(isNull.operand()),
                                isNull.negated(),
                                isNull.operand().type());
                case Expr.IsTruth isTruth ->
                        Conditions.isTruth(
                                compile(isTruth.operand()), isTruth.truth(), isTruth.negated());
                case Expr.IsDistinct distinct ->
                        Conditions.isDistinct(
                                distinct.equality().implementation(),
                                compile(distinct.left()),
                                compile(distinct.right()),
                                distinct.negated());
                case Expr.InList list -> Conditions.inList(list, compileAll(list.children()));
                case Expr.QuantifiedArray quantified ->
                        Conditions.quantifiedArray(
                                quantified,
                                compile(quantified.left()),
                                compile(quantified.array()));
                case Expr.RowCompare compare ->
                        Conditions.rowCompare(compare, compileAll(compare.children()));
                case Expr.Case branches -> branches(compileAll(branches.children()));
                case Expr.CaseOf branches -> branchesOf(branches, compileAll(branches.children()));
                case Expr.Coalesce coalesce -> coalesce(compileAll(coalesce.children()));
                case Expr.NullIf nullIf -> nullIf(nullIf);
                case Expr.Extreme extreme -> extreme(extreme, compileAll(extreme.children()));
                case Expr.ArrayOf array -> Composites.array(array, compileAll(array.children()));
                case Expr.Subscript subscript ->
                        Composites.subscript(compileAll(subscript.children()));
                case Expr.Row row -> Composites.row(row, compileAll(row.children()));
                case Subquery subquery -> subquery(subquery);
                case Expr.PendingAggregate pending ->
                        throw Check.unreachable("an aggregate is a column when a plan is made");
                case Expr.PendingWindow pending ->
                        throw Check.unreachable("a window call is a column when a plan is made");
            };
        }

        private Evaluator[] compileAll(List<Expr> expressions) {
            return expressions.stream().map(this::compile).toArray(Evaluator[]::new);
        }

        private Evaluator cast(Expr.Cast cast) {
            Coercion coercion = cast.coercion();
            Evaluator operand = compile(cast.operand());
            if (coercion.isIdentity()) {
                return operand;
            }
            if (cast.operand() instanceof Constant constant && !coercion.dependsOnSession()) {
                // A constant that does not fit fails when it is computed, not before.
                Evaluator folded = Folding.tryFold(constant.value(), coercion);
                if (folded != null) {
                    return folded;
                }
            }
            return (frame, row) ->
                    coercion.apply(operand.evaluate(frame, row), frame.context().call().format());
        }

        private Evaluator nullIf(Expr.NullIf nullIf) {
            Evaluator left = compile(nullIf.left());
            Evaluator right = compile(nullIf.right());
            Implementation equality = nullIf.equality().implementation();
            Coercion coercion = nullIf.coercion();
            return (frame, row) -> {
                Object value = left.evaluate(frame, row);
                Object other = right.evaluate(frame, row);
                Object equal =
                        equality.call(
                                frame.context().call(),
                                new Object[] {coerced(coercion, value, frame), other});
                return Boolean.TRUE.equals(equal) ? null : value;
            };
        }

        private Evaluator subquery(Subquery subquery) {
            Subplan subplan =
                    new Subplan(
                            subquery,
                            planner.plan(subquery.query()),
                            compileAll(subquery.left()),
                            compileAll(subquery.arguments()));
            subplans.add(subplan);
            return subplan;
        }
    }

    private static Evaluator call(Callee callee, Evaluator[] arguments) {
        Implementation implementation = callee.implementation();
        switch (arguments.length) {
            case 1 -> {
                Evaluator only = arguments[0];
                return (frame, row) ->
                        implementation.call(
                                frame.context().call(), new Object[] {only.evaluate(frame, row)});
            }
            case 2 -> {
                Evaluator left = arguments[0];
                Evaluator right = arguments[1];
                return (frame, row) ->
                        implementation.call(
                                frame.context().call(),
                                new Object[] {
                                    left.evaluate(frame, row), right.evaluate(frame, row)
                                });
            }
            default -> {
                return (frame, row) ->
                        implementation.call(
                                frame.context().call(), Evaluator.all(arguments, frame, row));
            }
        }
    }

    private static Evaluator branches(Evaluator[] children) {
        return (frame, row) -> {
            int last = children.length - 1;
            for (int i = 0; i < last; i += 2) {
                if (children[i].holds(frame, row)) {
                    return children[i + 1].evaluate(frame, row);
                }
            }
            return children[last].evaluate(frame, row);
        };
    }

    private static Evaluator branchesOf(Expr.CaseOf expr, Evaluator[] children) {
        List<Callee> equalities = expr.equalities();
        List<@Nullable Coercion> coercions = expr.coercions();
        return (frame, row) -> {
            Object operand = children[0].evaluate(frame, row);
            int last = children.length - 1;
            for (int i = 1; i < last; i += 2) {
                int branch = i / 2;
                Object left = coerced(coercions.get(branch), operand, frame);
                Object equal =
                        equalities
                                .get(branch)
                                .implementation()
                                .call(
                                        frame.context().call(),
                                        new Object[] {left, children[i].evaluate(frame, row)});
                if (Boolean.TRUE.equals(equal)) {
                    return children[i + 1].evaluate(frame, row);
                }
            }
            return children[last].evaluate(frame, row);
        };
    }

    private static Evaluator coalesce(Evaluator[] children) {
        return (frame, row) -> {
            for (Evaluator child : children) {
                Object value = child.evaluate(frame, row);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }

    private static Evaluator extreme(Expr.Extreme expr, Evaluator[] children) {
        SqlType type = expr.type();
        int sign = expr.greatest() ? 1 : -1;
        return (frame, row) -> {
            Object best = null;
            for (Evaluator child : children) {
                Object value = child.evaluate(frame, row);
                if (value != null
                        && (best == null || sign * Datums.compare(type, value, best) > 0)) {
                    best = value;
                }
            }
            return best;
        };
    }

    private static @Nullable Object coerced(
            @Nullable Coercion coercion, @Nullable Object value, Frame frame) {
        if (coercion == null || value == null) {
            return value;
        }
        SessionFormat format = frame.context().call().format();
        return coercion.apply(value, format);
    }
}
