package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.BoundStatement.BoundConflict;
import io.quorate.sql.algebra.BoundStatement.BoundInsert;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.bind.Selection.Output;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds INSERT.
final class InsertBinder {
    private final Binding binding;
    private final QueryBinder queries;
    private final Coercer coercer;
    private final TableExpressions tableExpressions;

    InsertBinder(Binding binding) {
        this.binding = binding;
        this.queries = new QueryBinder(binding);
        this.coercer = new Coercer(binding);
        this.tableExpressions = new TableExpressions(binding);
    }

    BoundInsert bind(DataStatement.Insert insert) {
        TableDescriptor table = Targets.table(binding, queries, insert.table());
        Scope statement = Scope.empty(new Closure(null), List.of());
        CommonTables commonTables = new CommonTables(binding, queries, statement);
        Scope scope = commonTables.define(insert.with());
        int[] targets = targets(insert, table);
        Query source = insert.source();
        Rel rows =
                source == null
                        ? new Rel.Values(tableTypes(table), List.of(row(table, targets, List.of())))
                        : source.body() instanceof Query.Values values && source.isPlain()
                                ? values(insert, values, table, targets, scope)
                                : query(insert, source, table, targets, scope);
        BoundConflict conflict = new ConflictBinder(binding, queries, table).bind(insert);
        List<Output> returning = returning(insert, table);
        return new BoundInsert(
                table,
                commonTables.around(rows),
                conflict,
                ReachedTables.from(binding, table, conflict != null && conflict.updates()),
                !insert.returning().isEmpty(),
                returning.stream().map(Output::expr).toList(),
                returning.stream().map(Output::column).toList(),
                binding.parameters().finished());
    }

    private static List<SqlType> tableTypes(TableDescriptor table) {
        return table.columns().stream().map(ColumnDescriptor::type).toList();
    }

    /// The positions of the columns that values are given for.
    private static int[] targets(DataStatement.Insert insert, TableDescriptor table) {
        if (insert.columns().isEmpty()) {
            int[] all = new int[table.columns().size()];
            Arrays.setAll(all, i -> i);
            return all;
        }
        List<Integer> positions = new ArrayList<>();
        for (DataStatement.Target target : insert.columns()) {
            int position = Targets.position(table, target);
            if (positions.contains(position)) {
                throw Errors.error(
                        ErrorCode.DUPLICATE_COLUMN,
                        "column \"" + target.column().text() + "\" specified more than once",
                        target.position());
            }
            positions.add(position);
        }
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    private Rel values(
            DataStatement.Insert insert,
            Query.Values values,
            TableDescriptor table,
            int[] targets,
            Scope scope) {
        ExpressionBinder expressions = new ExpressionBinder(binding, scope, Place.VALUES);
        List<List<Expr>> rows = new ArrayList<>();
        int width = values.rows().getFirst().elements().size();
        for (Compound.Row row : values.rows()) {
            if (row.elements().size() != width) {
                throw Errors.error(
                        ErrorCode.SYNTAX_ERROR,
                        "VALUES lists must all be the same length",
                        row.elements().getFirst().position());
            }
            checkWidth(insert, targets, row.elements().stream().map(Expression::position).toList());
            List<@Nullable Expr> given = new ArrayList<>();
            for (int i = 0; i < row.elements().size(); i++) {
                ColumnDescriptor column = table.columns().get(targets[i]);
                given.add(value(insert, row.elements().get(i), column, expressions));
            }
            rows.add(row(table, targets, given));
        }
        Selection.refuseSets(rows, "VALUES", values.position());
        return new Rel.Values(tableTypes(table), rows);
    }

    /// Null for the default.
    private @Nullable Expr value(
            DataStatement.Insert insert,
            Expression expression,
            ColumnDescriptor column,
            ExpressionBinder expressions) {
        if (expression instanceof Expression.Default) {
            return null;
        }
        Targets.refuseGenerated(column, insert.overriding(), expression.position());
        if (column.identity() != Identity.NONE
                && insert.overriding() == DataStatement.Overriding.USER_VALUE) {
            return null;
        }
        return coercer.toColumn(
                expressions.bind(expression), column.type(), column.name(), expression.position());
    }

    private Rel query(
            DataStatement.Insert insert,
            Query source,
            TableDescriptor table,
            int[] targets,
            Scope scope) {
        BoundRel bound = queries.bind(source, scope, false);
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < bound.columns().size(); i++) {
            positions.add(source.position());
        }
        checkWidth(insert, targets, positions);
        for (int i = 0; i < bound.columns().size(); i++) {
            Targets.refuseGenerated(
                    table.columns().get(targets[i]), insert.overriding(), source.position());
        }
        Rel rel =
                bound.coerced(i ->
                                expr -> {
                                    ColumnDescriptor column = table.columns().get(targets[i]);
                                    return coercer.toColumn(
                                            expr, column.type(), column.name(), source.position());
                                })
                        .rel();
        List<@Nullable Expr> given = new ArrayList<>(BoundRel.references(rel));
        return new Rel.Project(rel, row(table, targets, given));
    }

    private static void checkWidth(
            DataStatement.Insert insert, int[] targets, List<Integer> positions) {
        if (positions.size() > targets.length) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "INSERT has more expressions than target columns",
                    positions.get(targets.length));
        }
        if (!insert.columns().isEmpty() && positions.size() < targets.length) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "INSERT has more target columns than expressions",
                    insert.columns().get(positions.size()).position());
        }
    }

    /// A whole row: the given values, and defaults for the other columns.
    private List<Expr> row(TableDescriptor table, int[] targets, List<@Nullable Expr> given) {
        @Nullable Expr[] row = new Expr[table.columns().size()];
        for (int i = 0; i < given.size(); i++) {
            row[targets[i]] = given.get(i);
        }
        List<Expr> complete = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            Expr value = row[i];
            complete.add(
                    value == null ? tableExpressions.defaultOf(table.columns().get(i)) : value);
        }
        return complete;
    }

    private List<Output> returning(DataStatement.Insert insert, TableDescriptor table) {
        Name alias = insert.alias();
        FromBinder.Item item =
                new FromBinder(binding, queries, false)
                        .scan(
                                table,
                                alias == null
                                        ? null
                                        : new TableExpression.TableAlias(alias, List.of()),
                                false);
        Scope scope = item.scope(Scope.empty(new Closure(null), List.of()));
        return Selection.bind(
                insert.returning(), new ExpressionBinder(binding, scope, Place.RETURNING), true);
    }
}
