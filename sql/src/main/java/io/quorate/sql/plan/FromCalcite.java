package io.quorate.sql.plan;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Reads a relation back from Calcite.
final class FromCalcite {
    private FromCalcite() {}

    static Rel convert(RelNode node) {
        List<Rel> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(convert(input)));
        return switch (node) {
            case OpaqueRel opaque -> opaque.rebuild(inputs);
            case Filter filter -> new Rel.Filter(inputs.getFirst(), expr(filter.getCondition()));
            case Project project ->
                    new Rel.Project(
                            inputs.getFirst(),
                            project.getProjects().stream().map(FromCalcite::expr).toList());
            case Join join ->
                    new Rel.Join(
                            kind(join), inputs.get(0), inputs.get(1), expr(join.getCondition()));
            case Aggregate aggregate -> aggregate(aggregate, inputs.getFirst());
            case Union union -> setOperation(Rel.SetKind.UNION, union.all, inputs);
            case Intersect intersect -> setOperation(Rel.SetKind.INTERSECT, intersect.all, inputs);
            case Minus minus -> setOperation(Rel.SetKind.EXCEPT, minus.all, inputs);
            case Values values -> {
                Check.that(values.getTuples().isEmpty(), "Calcite makes no rows of its own");
                yield new Rel.Values(types(values), List.of());
            }
            default ->
                    throw Check.unreachable(
                            "no rule of ours makes a " + node.getClass().getSimpleName());
        };
    }

    private static List<SqlType> types(RelNode node) {
        List<SqlType> types = new ArrayList<>();
        for (RelDataTypeField field : node.getRowType().getFieldList()) {
            types.add(ExprTypes.back(field.getType()));
        }
        return types;
    }

    private static Rel.JoinKind kind(Join join) {
        return switch (join.getJoinType()) {
            case INNER -> Rel.JoinKind.INNER;
            case LEFT -> Rel.JoinKind.LEFT;
            case RIGHT -> Rel.JoinKind.RIGHT;
            case FULL -> Rel.JoinKind.FULL;
            case SEMI -> Rel.JoinKind.SEMI;
            case ANTI -> Rel.JoinKind.ANTI;
            default -> throw Check.unreachable("no rule of ours makes a " + join.getJoinType());
        };
    }

    /// Takes the projection below, which only computes operands, back into the aggregate.
    private static Rel aggregate(Aggregate aggregate, Rel input) {
        List<SqlType> inputTypes = input.types();
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < inputTypes.size(); i++) {
            columns.add(new Expr.ColumnRef(i, inputTypes.get(i)));
        }
        Rel below = input;
        if (input instanceof Rel.Project project
                && project.expressions().stream().noneMatch(Exprs::isVolatile)) {
            columns = project.expressions();
            below = project.input();
        }
        List<Expr> operands = columns;
        List<Expr> groups = new ArrayList<>();
        aggregate.getGroupSet().forEach(column -> groups.add(operands.get(column)));
        List<AggregateCall> calls = new ArrayList<>();
        for (var call : aggregate.getAggCallList()) {
            ExprAggregate function = (ExprAggregate) call.getAggregation();
            calls.add(function.rebuild(call.getArgList().stream().map(operands::get).toList()));
        }
        return new Rel.Aggregate(below, groups, calls);
    }

    private static Rel setOperation(Rel.SetKind kind, boolean all, List<Rel> inputs) {
        Rel result = inputs.getFirst();
        for (Rel next : inputs.subList(1, inputs.size())) {
            result = new Rel.SetOperation(kind, all, result, next);
        }
        return result;
    }

    private static Expr expr(RexNode node) {
        return switch (node) {
            case RexInputRef reference ->
                    new Expr.ColumnRef(reference.getIndex(), ExprTypes.back(reference.getType()));
            case RexLiteral literal ->
                    new Expr.Constant(literal.getValueAs(Boolean.class), SqlType.BOOL);
            case RexCall call -> call(call);
            default -> throw Check.unreachable("no rule of ours makes " + node);
        };
    }

    private static Expr call(RexCall call) {
        List<Expr> operands = call.getOperands().stream().map(FromCalcite::expr).toList();
        if (call.getOperator() instanceof ExprOperator operator) {
            return operator.rebuild(operands);
        }
        return switch (call.getKind()) {
            case AND -> new Expr.And(operands);
            case OR -> new Expr.Or(operands);
            case NOT -> new Expr.Not(operands.getFirst());
            case IS_NULL -> new Expr.IsNull(operands.getFirst(), false);
            case IS_NOT_NULL -> new Expr.IsNull(operands.getFirst(), true);
            // Between nullable and not, which is nothing to us.
            case CAST -> operands.getFirst();
            case IS_TRUE -> new Expr.IsTruth(operands.getFirst(), true, false);
            default -> throw Check.unreachable("no rule of ours makes " + call);
        };
    }
}
