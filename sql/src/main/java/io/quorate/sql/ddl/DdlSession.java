package io.quorate.sql.ddl;

import io.quorate.sql.bind.Binder.BoundView;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a schema change needs of the session that runs it.
public interface DdlSession {
    /// The schema changes of the session's transaction.
    SchemaTransaction changes();

    List<String> searchPath();

    /// The schema for new objects.
    String creationSchema();

    /// The value of an expression without columns, as the type.
    @Nullable Object evaluate(Expression expression, SqlType type);

    /// Whether an expression gives the same value at every call in all sessions.
    boolean isConstant(Expression expression);

    /// Throws what binding `expression` over the table's columns throws; it must be a boolean.
    void checkCondition(TableDescriptor table, Expression expression);

    /// Throws what the DEFAULT `expression` of a column is refused with.
    void checkDefault(ColumnDescriptor column, Expression expression);

    /// The first row of a query against the schema as changed so far; null where there is none.
    @Nullable Object @Nullable [] firstRow(String sql);

    /// Binds the query of a view in a schema.
    BoundView bindView(Query query, List<String> searchPath, Schema schema);

    /// A schema of these objects, to see what it would be like.
    Schema picture(SchemaObjects objects);

    /// How values are shown now.
    SessionFormat format();

    default void notice(String sqlState, String message) {
        notice(sqlState, message, null);
    }

    void notice(String sqlState, String message, @Nullable String detail);
}
