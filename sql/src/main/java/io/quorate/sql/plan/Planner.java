package io.quorate.sql.plan;

import io.quorate.sql.algebra.BoundStatement;
import io.quorate.sql.algebra.BoundStatement.Assignment;
import io.quorate.sql.algebra.BoundStatement.BoundConflict;
import io.quorate.sql.algebra.BoundStatement.BoundDelete;
import io.quorate.sql.algebra.BoundStatement.BoundInsert;
import io.quorate.sql.algebra.BoundStatement.BoundQuery;
import io.quorate.sql.algebra.BoundStatement.BoundUpdate;
import io.quorate.sql.algebra.BoundTable;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.exec.Compiler;
import io.quorate.sql.exec.Computed;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.exec.PlanNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans bound statements. Shared by all sessions.
public final class Planner {
    private final PhysicalPlanner physical;

    public Planner() {
        this(Statistics.UNKNOWN);
    }

    public Planner(Statistics statistics) {
        this.physical = new PhysicalPlanner(statistics, this::query);
    }

    public PhysicalPlan plan(BoundStatement statement) {
        return switch (statement) {
            case BoundQuery query ->
                    plan(PhysicalPlan.Kind.SELECT, query(query.rel()), query, query.locks());
            case BoundInsert insert ->
                    plan(PhysicalPlan.Kind.INSERT, insert(insert), insert, false);
            case BoundUpdate update ->
                    plan(PhysicalPlan.Kind.UPDATE, update(update), update, false);
            case BoundDelete delete ->
                    plan(PhysicalPlan.Kind.DELETE, delete(delete), delete, false);
        };
    }

    private static PhysicalPlan plan(
            PhysicalPlan.Kind kind, PlanNode root, BoundStatement statement, boolean locks) {
        return new PhysicalPlan(
                kind,
                root,
                statement.returnsRows(),
                locks,
                statement.columns(),
                statement.parameterTypes());
    }

    /// A relation from its beginning. What has nothing to move goes without Calcite: that is every
    /// statement about one table, and the price of Calcite is that of several such statements.
    private PlanNode query(Rel rel) {
        Rel unnested = Unnesting.apply(rel);
        return physical.plan(
                hasSomethingToMove(unnested) ? LogicalRules.apply(unnested) : unnested);
    }

    private static boolean hasSomethingToMove(Rel rel) {
        return switch (rel) {
            case Rel.Join join -> true;
            case Rel.SetOperation operation -> true;
            case Rel.Filter filter when !(filter.input() instanceof Rel.Scan) -> true;
            default -> rel.inputs().stream().anyMatch(Planner::hasSomethingToMove);
        };
    }

    private PlanNode insert(BoundInsert insert) {
        PlanNode source = query(insert.source());
        return new PlanNode.Insert(
                source,
                table(insert.reached()),
                conflict(insert.conflict()),
                returning(insert.returns(), insert.returning()),
                source.rows());
    }

    private PlanNode.@Nullable OnConflict conflict(@Nullable BoundConflict conflict) {
        if (conflict == null) {
            return null;
        }
        Compiler compiler = physical.compiler();
        Expr where = conflict.where();
        return new PlanNode.OnConflict(
                conflict.arbiters(),
                conflict.inferred(),
                conflict.updates(),
                positions(conflict.assignments()),
                values(conflict.assignments()),
                where == null ? null : compiler.compile(where));
    }

    private static int[] positions(List<Assignment> assignments) {
        return assignments.stream().mapToInt(Assignment::position).toArray();
    }

    private List<Computed> values(List<Assignment> assignments) {
        return physical.compiler().compileAll(assignments.stream().map(Assignment::value).toList());
    }

    private PlanNode update(BoundUpdate update) {
        PlanNode source = query(update.source());
        return new PlanNode.Update(
                source,
                table(update.reached()),
                positions(update.assignments()),
                values(update.assignments()),
                returning(update.returns(), update.returning()),
                source.rows());
    }

    private PlanNode delete(BoundDelete delete) {
        PlanNode source = query(delete.source());
        return new PlanNode.Delete(
                source,
                table(delete.reached()),
                returning(delete.returns(), delete.returning()),
                source.rows());
    }

    /// The first of the tables, with what foreign keys ask of it and the others.
    private PlanNode.ChangedTable table(List<BoundTable> reached) {
        return new ChangedTables(physical.compiler(), this::query).plan(reached);
    }

    private @Nullable List<Computed> returning(boolean returns, List<Expr> expressions) {
        return returns ? physical.compiler().compileAll(expressions) : null;
    }
}
