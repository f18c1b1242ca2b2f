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

    /// The tables it writes to, and those whose rows foreign keys make it look at: none of them may
    /// change its definition until the transaction is over.
    public List<TableDescriptor> changedTables() {
        return switch (root) {
            case PlanNode.Insert insert -> insert.table().keys().reached();
            case PlanNode.Update update -> update.table().keys().reached();
            case PlanNode.Delete delete -> delete.table().keys().reached();
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
