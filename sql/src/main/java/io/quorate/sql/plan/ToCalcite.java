package io.quorate.sql.plan;

import com.google.common.collect.ImmutableList;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Shows a relation to Calcite: filters, projections, joins, groups and set operations as its own
/// nodes, everything else, and whatever must not be computed twice, as [OpaqueRel].
final class ToCalcite {
    private final ExprTypes types = new ExprTypes();
    private final RelOptCluster cluster;
    private final RexBuilder rexBuilder;
    private int opaque;

    ToCalcite(RelOptPlanner planner) {
        this.rexBuilder = new RexBuilder(types);
        this.cluster = RelOptCluster.create(planner, rexBuilder);
        cluster.setMetadataQuerySupplier(InterpretedMetadata::new);
    }

    RelNode convert(Rel rel) {
        return switch (rel) {
            case Rel.Filter filter when isPure(filter) ->
                    LogicalFilter.create(convert(filter.input()), rex(filter.condition()));
            case Rel.Project project when isPure(project) ->
                    LogicalProject.create(
                            convert(project.input()),
                            List.of(),
                            rexes(project.expressions()),
                            fieldNames(project.expressions().size()),
                            Set.of());
            case Rel.Join join when isPure(join) ->
                    LogicalJoin.create(
                            convert(join.left()),
                            convert(join.right()),
                            List.of(),
                            rex(join.condition()),
                            Set.of(),
                            joinType(join.kind()));
            case Rel.Aggregate aggregate when isPure(aggregate) && !aggregate.groups().isEmpty() ->
                    aggregate(aggregate);
            case Rel.SetOperation operation -> setOperation(operation);
            default -> opaque(rel);
        };
    }

    /// Calcite asks for conditions in which no AND stands directly in an AND, and no OR in an OR.
    private RexNode chain(SqlOperator operator, List<Expr> operands) {
        return rexBuilder.makeCall(operator, RexUtil.flatten(rexes(operands), operator));
    }

    private static boolean isPure(Rel rel) {
        return Rels.expressions(rel).stream().noneMatch(Exprs::isVolatile);
    }

    private RelNode opaque(Rel rel) {
        List<RelNode> inputs = new ArrayList<>();
        rel.inputs().forEach(input -> inputs.add(convert(input)));
        return new OpaqueRel(
                cluster, cluster.traitSet(), rel, opaque++, inputs, types.rowOf(rel.types()));
    }

    private static JoinRelType joinType(Rel.JoinKind kind) {
        return switch (kind) {
            case INNER -> JoinRelType.INNER;
            case LEFT -> JoinRelType.LEFT;
            case RIGHT -> JoinRelType.RIGHT;
            case FULL -> JoinRelType.FULL;
            case SEMI -> JoinRelType.SEMI;
            case ANTI -> JoinRelType.ANTI;
        };
    }

    /// The groups and the operands of the aggregates become columns of a projection below.
    private RelNode aggregate(Rel.Aggregate aggregate) {
        List<Expr> columns = new ArrayList<>(aggregate.groups());
        List<AggregateCall> calls = new ArrayList<>();
        for (io.quorate.sql.algebra.AggregateCall call : aggregate.calls()) {
            List<Integer> operands = new ArrayList<>();
            for (Expr child : call.children()) {
                operands.add(columns.size());
                columns.add(child);
            }
            calls.add(
                    AggregateCall.create(
                            new ExprAggregate(call, types.of(call.type())),
                            false,
                            false,
                            false,
                            ImmutableList.of(),
                            operands,
                            -1,
                            null,
                            RelCollations.EMPTY,
                            types.of(call.type()),
                            "a" + calls.size()));
        }
        RelNode input =
                LogicalProject.create(
                        convert(aggregate.input()),
                        List.of(),
                        rexes(columns),
                        fieldNames(columns.size()),
                        Set.of());
        ImmutableBitSet groups = ImmutableBitSet.range(aggregate.groups().size());
        return LogicalAggregate.create(input, List.of(), groups, ImmutableList.of(groups), calls);
    }

    private RelNode setOperation(Rel.SetOperation operation) {
        List<RelNode> inputs = List.of(convert(operation.left()), convert(operation.right()));
        return switch (operation.kind()) {
            case UNION -> LogicalUnion.create(inputs, operation.all());
            case INTERSECT -> LogicalIntersect.create(inputs, operation.all());
            case EXCEPT -> LogicalMinus.create(inputs, operation.all());
        };
    }

    private static List<String> fieldNames(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("c" + i);
        }
        return names;
    }

    private List<RexNode> rexes(List<Expr> expressions) {
        List<RexNode> rexes = new ArrayList<>(expressions.size());
        expressions.forEach(expr -> rexes.add(rex(expr)));
        return rexes;
    }

    private RexNode rex(Expr expr) {
        return switch (expr) {
            case Expr.ColumnRef column ->
                    rexBuilder.makeInputRef(types.of(column.type()), column.slot());
            case Expr.Constant constant when Exprs.isTrue(constant) -> rexBuilder.makeLiteral(true);
            case Expr.And and -> chain(SqlStdOperatorTable.AND, and.children());
            case Expr.Or or -> chain(SqlStdOperatorTable.OR, or.children());
            case Expr.Not not -> rexBuilder.makeCall(SqlStdOperatorTable.NOT, rex(not.operand()));
            case Expr.IsNull isNull when !isRecord(isNull) ->
                    rexBuilder.makeCall(
                            isNull.negated()
                                    ? SqlStdOperatorTable.IS_NOT_NULL
                                    : SqlStdOperatorTable.IS_NULL,
                            rex(isNull.operand()));
            default -> {
                var type = types.of(expr.type());
                yield rexBuilder.makeCall(
                        type, new ExprOperator(expr, type), rexes(expr.children()));
            }
        };
    }

    /// A record of NULLs is null without being NULL.
    private static boolean isRecord(Expr.IsNull isNull) {
        return isNull.operand().type().kind() == io.quorate.sql.type.TypeKind.RECORD;
    }
}
