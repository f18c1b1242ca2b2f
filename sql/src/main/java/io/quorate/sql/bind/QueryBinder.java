package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.SubqueryKind;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.function.CommonType;
import io.quorate.sql.function.ResolvedOperator;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds a query: WITH, the body, ORDER BY, LIMIT.
final class QueryBinder {
    private final Binding binding;
    private final Coercer coercer;

    QueryBinder(Binding binding) {
        this.binding = binding;
        this.coercer = new Coercer(binding);
    }

    /// @param scope of the place where the query stands, without names of FROM
    /// @param settled whether columns of unknown type become text; otherwise who asked gives them a type
    BoundRel bind(Query query, Scope scope, boolean settled) {
        CommonTables commonTables = new CommonTables(binding, this, scope);
        Scope inner = commonTables.define(query.with());
        if (query.withTies()) {
            throw Errors.unsupported("WITH TIES", query.position());
        }
        BoundRel body =
                switch (query.body()) {
                    case Query.Select select ->
                            new SelectBinder(binding, this).bind(select, query, inner, settled);
                    case Query.Values values -> {
                        refuseLocking(query, "VALUES");
                        yield sorted(values(values, inner, settled), query, false);
                    }
                    case Query.SetOperation operation -> {
                        refuseLocking(query, "UNION/INTERSECT/EXCEPT");
                        yield sorted(setOperation(operation, inner, settled), query, true);
                    }
                };
        Rel limited = limited(body.rel(), query, inner);
        return new BoundRel(commonTables.around(limited), body.columns());
    }

    /// A subquery as a value over the rows of `scope`.
    Expr.Subquery subquery(Query query, Scope scope, SubqueryKind kind, SqlType type) {
        Closure closure = new Closure(scope);
        BoundRel bound = bind(query, Scope.empty(closure, scope.commonTables()), true);
        return new Expr.Subquery(
                kind, bound.rel(), List.of(), List.of(), closure.arguments(), type);
    }

    /// `left op ANY (query)`, one operand per column.
    Expr quantified(
            Query query,
            Scope scope,
            SubqueryKind kind,
            String symbol,
            List<Expr> left,
            int position) {
        Closure closure = new Closure(scope);
        BoundRel bound = bind(query, Scope.empty(closure, scope.commonTables()), true);
        if (bound.columns().size() != left.size()) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    bound.columns().size() > left.size()
                            ? "subquery has too many columns"
                            : "subquery has too few columns",
                    position);
        }
        OperatorBinder operators = new OperatorBinder(binding, coercer);
        List<Callee> comparisons = new ArrayList<>();
        List<Expr> operands = new ArrayList<>();
        List<SqlType> columnTypes = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            SqlType type = bound.columns().get(i).type();
            ResolvedOperator resolved =
                    operators.resolve(symbol, left.get(i).type(), type, position);
            comparisons.add(Callee.of(resolved));
            operands.add(
                    coercer.toArgument(left.get(i), resolved.argumentTypes().get(0), position));
            columnTypes.add(resolved.argumentTypes().get(1));
        }
        BoundRel coerced =
                bound.coerced(i -> expr -> coercer.toArgument(expr, columnTypes.get(i), position));
        return new Expr.Subquery(
                kind, coerced.rel(), comparisons, operands, closure.arguments(), SqlType.BOOL);
    }

    /// The type of the one column a subquery must have as a value.
    SqlType onlyColumn(Expr.Subquery subquery, int position) {
        List<SqlType> types = subquery.query().types();
        if (types.size() != 1) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR, "subquery must return only one column", position);
        }
        return types.getFirst();
    }

    static Expr.Subquery typed(Expr.Subquery subquery, SqlType type) {
        return new Expr.Subquery(
                subquery.kind(),
                subquery.query(),
                subquery.comparisons(),
                subquery.left(),
                subquery.arguments(),
                type);
    }

    private BoundRel values(Query.Values values, Scope scope, boolean settled) {
        ExpressionBinder expressions = new ExpressionBinder(binding, scope, Place.VALUES);
        int width = values.rows().getFirst().elements().size();
        List<List<Expr>> rows = new ArrayList<>();
        for (Compound.Row row : values.rows()) {
            if (row.elements().size() != width) {
                throw Errors.error(
                        ErrorCode.SYNTAX_ERROR,
                        "VALUES lists must all be the same length",
                        row.elements().isEmpty()
                                ? row.position()
                                : row.elements().getFirst().position());
            }
            rows.add(expressions.bindAll(row.elements()));
        }
        Selection.refuseSets(rows, "VALUES", values.position());
        List<OutputColumn> columns = new ArrayList<>();
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int column = i;
            List<SqlType> ofColumn = rows.stream().map(row -> row.get(column).type()).toList();
            SqlType type = commonType(ofColumn, settled, "VALUES", values.position());
            types.add(type);
            columns.add(OutputColumn.computed("column" + (i + 1), type));
            for (int r = 0; r < rows.size(); r++) {
                List<Expr> row = new ArrayList<>(rows.get(r));
                Expression written = values.rows().get(r).elements().get(i);
                row.set(
                        i,
                        type.sameTypeAs(SqlType.UNKNOWN)
                                ? row.get(i)
                                : coercer.toCommon(row.get(i), type, "VALUES", written.position()));
                rows.set(r, row);
            }
        }
        return new BoundRel(new Rel.Values(types, rows), columns);
    }

    private static SqlType commonType(
            List<SqlType> types, boolean settled, String context, int position) {
        boolean unknown = types.stream().allMatch(type -> type.sameTypeAs(SqlType.UNKNOWN));
        if (unknown && !settled) {
            return SqlType.UNKNOWN;
        }
        SqlType common = Errors.at(position, () -> CommonType.select(types, context));
        return common.withTypmod(CommonType.typmod(types, common));
    }

    private BoundRel setOperation(Query.SetOperation operation, Scope scope, boolean settled) {
        BoundRel left = bind(operation.left(), scope, false);
        BoundRel right = bind(operation.right(), scope, false);
        String name = operation.kind().name();
        int position = operation.right().position();
        if (left.columns().size() != right.columns().size()) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "each " + name + " query must have the same number of columns",
                    position);
        }
        List<SqlType> types = new ArrayList<>();
        for (int i = 0; i < left.columns().size(); i++) {
            types.add(
                    commonType(
                            List.of(left.columns().get(i).type(), right.columns().get(i).type()),
                            settled || !operation.all(),
                            name,
                            position));
        }
        Rel.SetKind kind =
                switch (operation.kind()) {
                    case UNION -> Rel.SetKind.UNION;
                    case INTERSECT -> Rel.SetKind.INTERSECT;
                    case EXCEPT -> Rel.SetKind.EXCEPT;
                };
        Rel rel =
                new Rel.SetOperation(
                        kind,
                        operation.all(),
                        toTypes(left, types, name, position),
                        toTypes(right, types, name, position));
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(OutputColumn.computed(left.columns().get(i).name(), types.get(i)));
        }
        return new BoundRel(rel, columns);
    }

    private Rel toTypes(BoundRel side, List<SqlType> types, String name, int position) {
        if (side.rel().types().equals(types)) {
            return side.rel();
        }
        return side.coerced(i ->
                        expr ->
                                types.get(i).sameTypeAs(SqlType.UNKNOWN)
                                        ? expr
                                        : coercer.toCommon(expr, types.get(i), name, position))
                .rel();
    }

    /// ORDER BY over a body whose columns are all there is to order by.
    private BoundRel sorted(BoundRel body, Query query, boolean setOperation) {
        if (query.orderBy().isEmpty()) {
            return body;
        }
        List<SortKey> keys = new ArrayList<>();
        for (SortItem item : query.orderBy()) {
            int slot = Selection.outputSlot(item.expression(), body.columns(), "ORDER BY");
            if (slot < 0) {
                if (item.expression() instanceof Expression.ColumnReference column) {
                    throw Errors.error(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"" + column.last() + "\" does not exist",
                            column.position());
                }
                throw Errors.error(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                setOperation
                                        ? "invalid UNION/INTERSECT/EXCEPT ORDER BY clause"
                                        : "ORDER BY an expression over VALUES is not supported yet",
                                item.expression().position())
                        .withDetail(
                                "Only result column names can be used, not expressions or"
                                        + " functions.");
            }
            keys.add(
                    new SortKey(
                            slot,
                            body.columns().get(slot).type(),
                            Sorting.isDescending(item),
                            Sorting.isNullsFirst(item)));
        }
        return new BoundRel(new Rel.Sort(body.rel(), keys), body.columns());
    }

    private Rel limited(Rel rel, Query query, Scope scope) {
        Expr limit = count(query.limit(), Place.LIMIT, scope);
        Expr offset = count(query.offset(), Place.OFFSET, scope);
        return limit == null && offset == null ? rel : new Rel.Limit(rel, limit, offset);
    }

    private @Nullable Expr count(@Nullable Expression expression, Place place, Scope scope) {
        if (expression == null) {
            return null;
        }
        int position = expression.position();
        Scope rowless = Scope.empty(scope.closure(), scope.commonTables());
        Expr bound = new ExpressionBinder(binding, rowless, place).bind(expression);
        Expr coerced = coercer.toOrNull(bound, SqlType.INT8, CastContext.ASSIGNMENT, position);
        if (coerced == null) {
            throw Errors.error(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of "
                            + place.name()
                            + " must be type bigint, not type "
                            + bound.type().format(),
                    position);
        }
        return coerced;
    }

    private static void refuseLocking(Query query, String what) {
        if (!query.locking().isEmpty()) {
            throw Errors.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "FOR UPDATE is not allowed with " + what,
                    query.locking().getFirst().position());
        }
    }
}
