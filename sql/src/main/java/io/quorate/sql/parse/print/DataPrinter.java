package io.quorate.sql.parse.print;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.DataStatement.Assignment;
import io.quorate.sql.parse.ast.DataStatement.ConflictTarget;
import io.quorate.sql.parse.ast.DataStatement.MergeAction;
import io.quorate.sql.parse.ast.DataStatement.MergeWhen;
import io.quorate.sql.parse.ast.DataStatement.OnConflict;
import io.quorate.sql.parse.ast.DataStatement.Overriding;
import io.quorate.sql.parse.ast.DataStatement.Target;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableStatement.IndexElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE, DELETE and MERGE.
final class DataPrinter {
    private final Printer out;

    DataPrinter(Printer out) {
        this.out = out;
    }

    void print(DataStatement statement) {
        if (statement.with() != null) {
            out.queries.with(statement.with());
        }
        switch (statement) {
            case DataStatement.Insert insert -> insert(insert);
            case DataStatement.Update update -> update(update);
            case DataStatement.Delete delete -> delete(delete);
            case DataStatement.Merge merge -> merge(merge);
        }
    }

    private void insert(DataStatement.Insert insert) {
        out.add("INSERT INTO ").names(insert.table().parts());
        if (insert.alias() != null) {
            out.add(" AS ").name(insert.alias().text());
        }
        targets(insert.columns());
        overriding(insert.overriding());
        if (insert.source() == null) {
            out.add(" DEFAULT VALUES");
        } else {
            out.add(" ");
            out.queries.print(insert.source());
        }
        if (insert.onConflict() != null) {
            onConflict(insert.onConflict());
        }
        returning(insert.returning());
    }

    private void update(DataStatement.Update update) {
        out.add("UPDATE ");
        out.queries.reference(update.table());
        out.add(" SET ").list(update.assignments(), this::assignment);
        out.queries.from("FROM", update.from());
        out.clause("WHERE", update.where());
        returning(update.returning());
    }

    private void delete(DataStatement.Delete delete) {
        out.add("DELETE FROM ");
        out.queries.reference(delete.table());
        out.queries.from("USING", delete.using());
        out.clause("WHERE", delete.where());
        returning(delete.returning());
    }

    private void merge(DataStatement.Merge merge) {
        out.add("MERGE INTO ");
        out.queries.reference(merge.table());
        out.add(" USING ");
        out.queries.table(merge.source());
        out.clause("ON", merge.on());
        merge.branches().forEach(this::mergeWhen);
    }

    private void mergeWhen(MergeWhen when) {
        out.add(when.matched() ? " WHEN MATCHED" : " WHEN NOT MATCHED");
        out.clause("AND", when.condition()).add(" THEN ");
        switch (when.action()) {
            case MergeAction.DoNothing ignored -> out.add("DO NOTHING");
            case MergeAction.Delete ignored -> out.add("DELETE");
            case MergeAction.Update update ->
                    out.add("UPDATE SET ").list(update.assignments(), this::assignment);
            case MergeAction.Insert insert -> mergeInsert(insert);
        }
    }

    private void mergeInsert(MergeAction.Insert insert) {
        out.add("INSERT");
        targets(insert.columns());
        overriding(insert.overriding());
        Compound.@Nullable Row values = insert.values();
        if (values == null) {
            out.add(" DEFAULT VALUES");
        } else {
            out.add(" VALUES ").expression(values);
        }
    }

    private void targets(List<Target> targets) {
        if (!targets.isEmpty()) {
            out.add(" (").list(targets, this::target).add(")");
        }
    }

    private void target(Target target) {
        out.name(target.column().text());
        target.accessors().forEach(out.expressions::accessor);
    }

    private void overriding(Overriding overriding) {
        switch (overriding) {
            case NONE -> {}
            case SYSTEM_VALUE -> out.add(" OVERRIDING SYSTEM VALUE");
            case USER_VALUE -> out.add(" OVERRIDING USER VALUE");
        }
    }

    private void assignment(Assignment assignment) {
        switch (assignment) {
            case Assignment.Single single -> {
                target(single.target());
                out.add(" = ").expression(single.value());
            }
            case Assignment.Multiple multiple ->
                    out.add("(")
                            .list(multiple.targets(), this::target)
                            .add(") = ")
                            .expression(multiple.source());
        }
    }

    private void onConflict(OnConflict conflict) {
        out.add(" ON CONFLICT");
        switch (conflict.target()) {
            case null -> {}
            case ConflictTarget.Constraint constraint ->
                    out.add(" ON CONSTRAINT ").name(constraint.name().text());
            case ConflictTarget.Columns columns -> {
                out.add(" (").list(columns.elements(), this::indexElement).add(")");
                out.clause("WHERE", columns.where());
            }
        }
        if (conflict.doNothing()) {
            out.add(" DO NOTHING");
            return;
        }
        out.add(" DO UPDATE SET ").list(conflict.assignments(), this::assignment);
        out.clause("WHERE", conflict.where());
    }

    private void indexElement(IndexElement element) {
        if (element.expression() instanceof Expression.ColumnReference) {
            out.expression(element.expression());
        } else {
            out.add("(").expression(element.expression()).add(")");
        }
        if (element.collation() != null) {
            out.add(" COLLATE ").names(element.collation().parts());
        }
        if (element.operatorClass() != null) {
            out.add(" ").names(element.operatorClass().parts());
        }
        out.queries.order(element.direction(), element.nulls());
    }

    private void returning(List<Query.SelectItem> items) {
        if (!items.isEmpty()) {
            out.add(" RETURNING ");
            out.queries.selectItems(items);
        }
    }
}
