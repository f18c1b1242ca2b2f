package io.quorate.sql.plan;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.WindowCall;
import io.quorate.sql.algebra.WindowFrame;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.exec.Compiler;
import io.quorate.sql.exec.Computed;
import io.quorate.sql.exec.PlanNode;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Chooses how each relation is computed.
final class PhysicalPlanner {
    private final Statistics statistics;
    private final Compiler compiler;
    private final JoinPlanner joins;

    /// @param subqueries plans the queries in expressions and on lateral sides, from their beginning
    PhysicalPlanner(Statistics statistics, Compiler.SubqueryPlanner subqueries) {
        this.statistics = statistics;
        this.compiler = new Compiler(subqueries);
        this.joins = new JoinPlanner(this, compiler);
        this.subqueries = subqueries;
    }

    private final Compiler.SubqueryPlanner subqueries;

    Statistics statistics() {
        return statistics;
    }

    Compiler compiler() {
        return compiler;
    }

    PlanNode plan(Rel rel) {
        return switch (rel) {
            case Rel.Scan scan -> scan(scan, List.of());
            case Rel.Filter filter when filter.input() instanceof Rel.Scan scan ->
                    scan(scan, Exprs.conjuncts(filter.condition()));
            case Rel.Filter filter -> {
                PlanNode input = plan(filter.input());
                yield new PlanNode.Filter(
                        input,
                        compiler.compile(filter.condition()),
                        atLeastOne(input.rows() * Selectivity.of(filter.condition())));
            }
            case Rel.Values values ->
                    new PlanNode.Values(
                            values.rows().stream().map(compiler::compileAll).toList(),
                            values.types(),
                            values.rows().size());
            case Rel.Project project -> project(project);
            case Rel.ProjectSet project -> {
                PlanNode input = plan(project.input());
                yield new PlanNode.ProjectSet(
                        input, compiler.compileAll(project.expressions()), input.rows() * 10);
            }
            case Rel.Join join -> joins.plan(join);
            case Rel.Lateral lateral -> lateral(lateral);
            case Rel.Aggregate aggregate -> aggregate(aggregate);
            case Rel.Window window -> window(window);
            case Rel.Sort sort -> {
                PlanNode input = plan(sort.input());
                yield new PlanNode.Sort(input, sort.keys(), input.rows());
            }
            case Rel.Limit limit -> limit(limit);
            case Rel.Distinct distinct -> {
                PlanNode input = plan(distinct.input());
                List<SqlType> types = distinct.input().types();
                yield new PlanNode.Distinct(
                        input,
                        distinct.slots(),
                        distinct.slots().stream().map(types::get).toList(),
                        input.rows());
            }
            case Rel.SetOperation operation -> {
                PlanNode left = plan(operation.left());
                PlanNode right = plan(operation.right());
                double rows =
                        operation.kind() == Rel.SetKind.UNION
                                ? left.rows() + right.rows()
                                : left.rows();
                yield new PlanNode.SetOperation(
                        operation.kind(), operation.all(), left, right, operation.types(), rows);
            }
            case Rel.TableFunction function ->
                    new PlanNode.FunctionScan(
                            function.alias(),
                            compiler.compileAll(function.calls()),
                            function.ordinality(),
                            100);
            case Rel.With with -> with(with);
            case Rel.CommonScan scan -> new PlanNode.CommonScan(scan.id(), scan.name(), 100);
            case Rel.Recursive recursive ->
                    new PlanNode.Recursive(
                            recursive.id(),
                            recursive.name(),
                            recursive.all(),
                            plan(recursive.base()),
                            plan(recursive.step()),
                            recursive.types(),
                            100);
            case Rel.LockRows lock -> {
                PlanNode input = plan(lock.input());
                yield new PlanNode.LockRows(input, lock.targets(), input.rows());
            }
        };
    }

    private static double atLeastOne(double rows) {
        return Math.max(1, rows);
    }

    private @Nullable Computed condition(List<Expr> conjuncts) {
        return conjuncts.isEmpty() ? null : compiler.compile(Exprs.and(conjuncts));
    }

    private PlanNode scan(Rel.Scan scan, List<Expr> conjuncts) {
        Relation relation = scan.relation();
        return switch (relation) {
            case SystemView view ->
                    new PlanNode.ViewScan(
                            view,
                            scan.alias(),
                            condition(conjuncts),
                            atLeastOne(100 * Selectivity.of(Exprs.and(conjuncts))));
            case TableDescriptor table -> scan(scan, table, conjuncts);
            case ViewDescriptor view ->
                    throw Check.unreachable("the binder puts a view's query in its place");
        };
    }

    private PlanNode scan(Rel.Scan scan, TableDescriptor table, List<Expr> conjuncts) {
        double tableRows = statistics.rows(table);
        AccessPaths.Path path =
                new AccessPaths(compiler)
                        .cheapest(table, conjuncts, 0, AccessPaths::isRowless, tableRows);
        TableRows rows = new TableRows(table);
        if (path == null) {
            return new PlanNode.TableScan(
                    rows,
                    scan.alias(),
                    scan.withKey(),
                    condition(conjuncts),
                    atLeastOne(tableRows * Selectivity.of(Exprs.and(conjuncts))));
        }
        return new PlanNode.IndexScan(
                rows,
                scan.alias(),
                scan.withKey(),
                path.access(),
                condition(path.rest()),
                atLeastOne(path.rows() * Selectivity.of(Exprs.and(path.rest()))));
    }

    private PlanNode project(Rel.Project project) {
        PlanNode input = plan(project.input());
        List<Expr> expressions = project.expressions();
        boolean identity = expressions.size() == project.input().types().size();
        for (int i = 0; identity && i < expressions.size(); i++) {
            identity = expressions.get(i) instanceof Expr.ColumnRef column && column.slot() == i;
        }
        return identity
                ? input
                : new PlanNode.Project(input, compiler.compileAll(expressions), input.rows());
    }

    private PlanNode lateral(Rel.Lateral lateral) {
        PlanNode left = plan(lateral.left());
        PlanNode right = subqueries.plan(lateral.right());
        return new PlanNode.LateralJoin(
                lateral.kind(),
                left,
                right,
                compiler.compileAll(lateral.arguments()),
                condition(Exprs.conjuncts(lateral.condition())),
                lateral.right().types().size(),
                atLeastOne(left.rows() * right.rows()));
    }

    private PlanNode aggregate(Rel.Aggregate aggregate) {
        PlanNode input = plan(aggregate.input());
        List<PlanNode.GroupedCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.calls()) {
            Expr filter = call.filter();
            calls.add(
                    new PlanNode.GroupedCall(
                            call,
                            compiler.compileAll(call.arguments()),
                            compiler.compileAll(
                                    call.order().stream().map(AggregateCall.Order::key).toList()),
                            filter == null ? null : compiler.compile(filter)));
        }
        double rows = aggregate.groups().isEmpty() ? 1 : atLeastOne(input.rows() / 10);
        return new PlanNode.Aggregate(input, compiler.compileAll(aggregate.groups()), calls, rows);
    }

    private PlanNode window(Rel.Window window) {
        PlanNode input = plan(window.input());
        List<PlanNode.FramedCall> calls = new ArrayList<>();
        for (WindowCall call : window.calls()) {
            Expr filter = call.filter();
            calls.add(
                    new PlanNode.FramedCall(
                            call,
                            compiler.compileAll(call.arguments()),
                            filter == null ? null : compiler.compile(filter),
                            offset(call.frame().start()),
                            offset(call.frame().end())));
        }
        List<Expr> keys = window.order().stream().map(AggregateCall.Order::key).toList();
        return new PlanNode.Window(
                input,
                compiler.compileAll(window.partition()),
                compiler.compileAll(keys),
                window.order(),
                calls,
                window.input().types().size(),
                input.rows());
    }

    private @Nullable Computed offset(WindowFrame.Bound bound) {
        Expr offset = bound.offset();
        return offset == null ? null : compiler.compile(offset);
    }

    /// A sort below, perhaps under a projection of its rows, keeps only what the limit lets through.
    private PlanNode limit(Rel.Limit limit) {
        Expr count = limit.limit();
        Expr offset = limit.offset();
        Computed skipped = offset == null ? null : compiler.compile(offset);
        if (count != null && limit.input() instanceof Rel.Sort sort) {
            return top(sort, compiler.compile(count), skipped);
        }
        if (count != null
                && limit.input() instanceof Rel.Project project
                && project.input() instanceof Rel.Sort sort
                && project.expressions().stream().noneMatch(Exprs::isVolatile)) {
            PlanNode top = top(sort, compiler.compile(count), skipped);
            return new PlanNode.Project(
                    top, compiler.compileAll(project.expressions()), top.rows());
        }
        PlanNode input = plan(limit.input());
        return new PlanNode.Limit(
                input,
                count == null ? null : compiler.compile(count),
                skipped,
                limited(count, input));
    }

    private PlanNode top(Rel.Sort sort, Computed count, @Nullable Computed offset) {
        PlanNode input = plan(sort.input());
        return new PlanNode.TopRows(
                input, sort.keys(), count, offset, limited(count.expr(), input));
    }

    private static double limited(@Nullable Expr count, PlanNode input) {
        return count instanceof Expr.Constant constant && constant.value() instanceof Long rows
                ? Math.max(1, Math.min(rows, input.rows()))
                : input.rows();
    }

    private PlanNode with(Rel.With with) {
        List<PlanNode.CommonPlan> tables = new ArrayList<>();
        for (Rel.CommonTable table : with.tables()) {
            tables.add(new PlanNode.CommonPlan(table.id(), table.name(), plan(table.rel())));
        }
        PlanNode body = plan(with.body());
        return new PlanNode.With(tables, body, body.rows());
    }
}
