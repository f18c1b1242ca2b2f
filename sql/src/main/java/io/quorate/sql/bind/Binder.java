package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.BoundStatement;
import io.quorate.sql.algebra.BoundStatement.BoundQuery;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rels;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.function.Functions;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.RoleStatement;
import io.quorate.sql.parse.ast.SessionStatement;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.parse.ast.TransactionStatement;
import io.quorate.sql.parse.ast.UtilityStatement;
import io.quorate.sql.type.SqlType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Binds statements. Immutable, shared by all sessions.
public final class Binder {
    private final Functions functions;

    public Binder(Functions functions) {
        this.functions = functions;
    }

    /// Binds a query, INSERT, UPDATE or DELETE; every other statement is somebody else's and refused
    /// with 0A000 here.
    ///
    /// @param declaredTypes of the parameters, null where the statement decides; may be shorter
    public BoundStatement bind(
            Statement statement, BindContext context, List<@Nullable SqlType> declaredTypes) {
        Binding binding = new Binding(functions, context, new ParameterTypes(declaredTypes));
        return switch (statement) {
            case Query query -> query(binding, query);
            case DataStatement.Insert insert -> new InsertBinder(binding).bind(insert);
            case DataStatement.Update update -> new ChangeBinder(binding).bind(update);
            case DataStatement.Delete delete -> new ChangeBinder(binding).bind(delete);
            case DataStatement.Merge merge -> throw Errors.unsupported("MERGE", merge.position());
            case Statement.Unsupported unsupported ->
                    throw Errors.unsupported(unsupported.command(), unsupported.position());
            case TableStatement other -> throw notPlanned(other);
            case ObjectStatement other -> throw notPlanned(other);
            case RoleStatement other -> throw notPlanned(other);
            case TransactionStatement other -> throw notPlanned(other);
            case SessionStatement other -> throw notPlanned(other);
            case UtilityStatement other -> throw notPlanned(other);
        };
    }

    /// Binds the query of a view.
    public BoundView bindView(Query query, BindContext context) {
        Binding binding = binding(context);
        Scope scope = Scope.empty(new Closure(null), List.of());
        BoundRel bound = new QueryBinder(binding).bind(query, scope, true);
        if (!binding.parameters().finished().isEmpty()) {
            throw new QuorateException(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $1");
        }
        return new BoundView(
                new Stars(binding).spreadOut(query), bound.columns(), binding.relations());
    }

    /// @param query with every `*` of its select lists spread out
    /// @param relations the oids of those it names
    public record BoundView(Query query, List<OutputColumn> columns, Set<Long> relations) {
        public BoundView {
            columns = List.copyOf(columns);
            relations = Set.copyOf(relations);
        }
    }

    /// Checks the DEFAULT of a column and answers its expression, which stands over no row.
    public Expr bindDefault(Expression expression, ColumnDescriptor column, BindContext context) {
        return new TableExpressions(binding(context)).defaultOf(expression, column);
    }

    /// Checks a CHECK condition and answers its expression over the table's row.
    public Expr bindCheck(Expression expression, TableDescriptor table, BindContext context) {
        return new TableExpressions(binding(context)).check(expression, table);
    }

    private Binding binding(BindContext context) {
        return new Binding(functions, context, new ParameterTypes(List.of()));
    }

    private static BoundQuery query(Binding binding, Query query) {
        Scope scope = Scope.empty(new Closure(null), List.of());
        BoundRel bound = new QueryBinder(binding).bind(query, scope, true);
        boolean[] locks = new boolean[1];
        Rels.walk(bound.rel(), rel -> locks[0] |= rel instanceof Rel.LockRows);
        return new BoundQuery(
                bound.rel(), bound.columns(), binding.parameters().finished(), locks[0]);
    }

    private static RuntimeException notPlanned(Statement statement) {
        return Errors.unsupported("this statement in this place", statement.position());
    }
}
