package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.BoundStatement.Assignment;
import io.quorate.sql.algebra.BoundStatement.BoundConflict;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.DataStatement.ConflictTarget;
import io.quorate.sql.parse.ast.DataStatement.OnConflict;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.TableExpression.TableAlias;
import io.quorate.sql.parse.ast.TableStatement.IndexElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Binds ON CONFLICT: which unique indexes decide, and what happens to the row that is there.
final class ConflictBinder {
    private final Binding binding;
    private final QueryBinder queries;
    private final TableDescriptor table;

    ConflictBinder(Binding binding, QueryBinder queries, TableDescriptor table) {
        this.binding = binding;
        this.queries = queries;
        this.table = table;
    }

    /// Null without ON CONFLICT.
    @Nullable BoundConflict bind(DataStatement.Insert insert) {
        OnConflict clause = insert.onConflict();
        if (clause == null) {
            return null;
        }
        ConflictTarget target = clause.target();
        if (target == null && !clause.doNothing()) {
            throw Errors.error(
                            ErrorCode.SYNTAX_ERROR,
                            "ON CONFLICT DO UPDATE requires inference specification or constraint"
                                    + " name",
                            clause.position())
                    .withHint("For example, ON CONFLICT (column_name).");
        }
        List<IndexDescriptor> arbiters =
                switch (target) {
                    case null -> uniqueIndexes();
                    case ConflictTarget.Columns columns -> inferred(columns);
                    case ConflictTarget.Constraint constraint -> List.of(named(constraint.name()));
                };
        if (clause.doNothing()) {
            return new BoundConflict(arbiters, target != null, false, List.of(), null);
        }
        Scope scope = scope(insert, clause);
        List<Assignment> assignments =
                new Assignments(binding, table, scope).bind(clause.assignments());
        Expression where = clause.where();
        Expr condition =
                where == null
                        ? null
                        : new ExpressionBinder(binding, scope, Place.WHERE)
                                .bindCondition(where, "WHERE");
        return new BoundConflict(arbiters, true, true, assignments, condition);
    }

    /// The table under its name and, under `excluded`, the row that was to be inserted.
    private Scope scope(DataStatement.Insert insert, OnConflict clause) {
        FromBinder from = new FromBinder(binding, queries, false);
        Name alias = insert.alias();
        FromBinder.Item there =
                from.scan(table, alias == null ? null : new TableAlias(alias, List.of()), false);
        Name excluded = new Name("excluded", clause.position());
        FromBinder.Item proposed = from.scan(table, new TableAlias(excluded, List.of()), false);
        return from.joined(JoinKind.INNER, there, proposed, Expr.Constant.TRUE)
                .scope(Scope.empty(new Closure(null), List.of()));
    }

    private List<IndexDescriptor> uniqueIndexes() {
        return table.indexes().stream()
                .filter(index -> index.unique() && !index.columnIds().isEmpty())
                .toList();
    }

    /// The unique indexes over just these columns, in whatever order.
    private List<IndexDescriptor> inferred(ConflictTarget.Columns target) {
        Set<Integer> ids = new TreeSet<>();
        boolean onlyColumns = true;
        Scope scope =
                new FromBinder(binding, queries, false)
                        .scan(table, null, false)
                        .scope(Scope.empty(new Closure(null), List.of()));
        ExpressionBinder expressions = new ExpressionBinder(binding, scope, Place.INDEX);
        for (IndexElement element : target.elements()) {
            refuseOrder(element);
            expressions.bind(element.expression());
            if (element.expression() instanceof Expression.ColumnReference column) {
                for (var candidate : table.columns()) {
                    if (candidate.name().equals(column.last())) {
                        ids.add(candidate.id());
                    }
                }
            } else {
                onlyColumns = false;
            }
        }
        Expression where = target.where();
        if (where != null) {
            // A predicate only widens the choice to partial indexes, of which there are none.
            expressions.bind(where);
        }
        List<IndexDescriptor> found = new ArrayList<>();
        for (IndexDescriptor index : uniqueIndexes()) {
            if (onlyColumns && ids.equals(new TreeSet<>(index.columnIds()))) {
                found.add(index);
            }
        }
        if (found.isEmpty()) {
            throw new QuorateException(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "there is no unique or exclusion constraint matching the ON CONFLICT"
                            + " specification");
        }
        return found;
    }

    private static void refuseOrder(IndexElement element) {
        if (element.direction() != SortItem.Direction.DEFAULT) {
            throw Errors.error(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "ASC/DESC is not allowed in ON CONFLICT clause",
                    element.position());
        }
        if (element.nulls() != SortItem.Nulls.DEFAULT) {
            throw Errors.error(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "NULLS FIRST/LAST is not allowed in ON CONFLICT clause",
                    element.position());
        }
        if (element.collation() != null || element.operatorClass() != null) {
            throw Errors.unsupported(
                    "a collation or operator class in ON CONFLICT", element.position());
        }
    }

    private IndexDescriptor named(Name name) {
        for (IndexDescriptor index : table.indexes()) {
            if (name.text().equals(index.constraint())) {
                return index;
            }
        }
        for (CheckDescriptor check : table.checks()) {
            if (check.name().equals(name.text())) {
                throw new QuorateException(
                        ErrorCode.WRONG_OBJECT_TYPE,
                        "constraint in ON CONFLICT clause has no associated index");
            }
        }
        throw new QuorateException(
                ErrorCode.UNDEFINED_OBJECT,
                "constraint \""
                        + name.text()
                        + "\" for table \""
                        + table.name()
                        + "\" does not exist");
    }
}
