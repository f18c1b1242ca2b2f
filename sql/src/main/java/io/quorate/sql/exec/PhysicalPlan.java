package io.quorate.sql.exec;

import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.type.SqlType;
import java.util.List;

/// How a statement is carried out. Immutable: it may be kept and run any number of times, at the
/// same time too, against the schema version it was planned for.
public record PhysicalPlan(
        Kind kind,
        PlanNode root,
        boolean returnsRows,
        boolean locks,
        List<OutputColumn> columns,
        List<SqlType> parameterTypes) {

    /// The first word of the command tag.
    public enum Kind {
        SELECT,
        INSERT,
        UPDATE,
        DELETE
    }

    /// Whether it needs a transaction that may write.
    public boolean writes() {
        return kind != Kind.SELECT || locks;
    }

    /// The tables it writes to.
    public List<TableDescriptor> changedTables() {
        return switch (root) {
            case PlanNode.Insert insert -> List.of(insert.table().rows().table());
            case PlanNode.Update update -> List.of(update.table().rows().table());
            case PlanNode.Delete delete -> List.of(delete.table().rows().table());
            default -> List.of();
        };
    }

    /// Begins a run. Nothing is read or written before the first row is asked for.
    public Execution start(ExecutionContext context) {
        return new RootExecution(this, context);
    }

    /// The lines of EXPLAIN, in PostgreSQL's shape.
    public List<String> explain() {
        return Explainer.explain(root);
    }
}
