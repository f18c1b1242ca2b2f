package io.quorate.sql.session;

import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.api.Prepared;
import io.quorate.sql.api.ResultColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A prepared statement: its tree and, for one that reads or changes rows, the plan made for the last
/// schema it met.
final class StatementHandle implements Prepared {
    private final @Nullable Statement statement;
    private final String text;
    private final List<@Nullable SqlType> declaredTypes;
    private final boolean returnsRows;
    private final List<Column> columns;
    private List<SqlType> parameterTypes;
    private @Nullable PhysicalPlan plan;
    private @Nullable Schema plannedFor;
    private List<String> plannedPath = List.of();

    /// For a statement with a plan, which is then given by [#planned].
    static StatementHandle ofRows(
            SqlSession session,
            Statement statement,
            String text,
            List<@Nullable SqlType> declaredTypes,
            PhysicalPlan plan) {
        return new StatementHandle(
                statement,
                text,
                declaredTypes,
                plan.returnsRows(),
                columnsOf(session, plan.columns()));
    }

    /// For any other; `columns` is null where it returns no rows.
    static StatementHandle ofUtility(
            SqlSession session,
            Statement statement,
            String text,
            @Nullable List<OutputColumn> columns) {
        return new StatementHandle(
                statement,
                text,
                List.of(),
                columns != null,
                columns == null ? List.of() : columnsOf(session, columns));
    }

    static StatementHandle empty() {
        return new StatementHandle(null, "", List.of(), false, List.of());
    }

    private StatementHandle(
            @Nullable Statement statement,
            String text,
            List<@Nullable SqlType> declaredTypes,
            boolean returnsRows,
            List<Column> columns) {
        this.statement = statement;
        this.text = text;
        this.declaredTypes = declaredTypes;
        this.returnsRows = returnsRows;
        this.columns = columns;
        parameterTypes = List.of();
    }

    private static List<Column> columnsOf(SqlSession session, List<OutputColumn> outputs) {
        List<Column> columns = new ArrayList<>();
        outputs.forEach(output -> columns.add(new Column(session, output)));
        return columns;
    }

    void planned(PhysicalPlan newPlan, Schema schema, List<String> searchPath) {
        plan = newPlan;
        plannedFor = schema;
        plannedPath = searchPath;
        parameterTypes = newPlan.parameterTypes();
    }

    /// The plan, if it was made for just this schema and search path.
    @Nullable PhysicalPlan planFor(Schema schema, List<String> searchPath) {
        return plannedFor == schema && plannedPath.equals(searchPath) ? plan : null;
    }

    boolean hasPlan() {
        return plan != null;
    }

    @Nullable Statement statement() {
        return statement;
    }

    String text() {
        return text;
    }

    List<@Nullable SqlType> declaredTypes() {
        return declaredTypes;
    }

    List<SqlType> parameters() {
        return parameterTypes;
    }

    @Override
    public int[] parameterTypes() {
        return parameterTypes.stream().mapToInt(SqlType::oid).toArray();
    }

    @Override
    public List<ResultColumn> columns() {
        return List.copyOf(columns);
    }

    @Override
    public boolean returnsRows() {
        return returnsRows;
    }

    @Override
    public boolean isEmpty() {
        return statement == null;
    }

    /// Whether another plan's columns are what clients were told of.
    boolean hasColumns(List<OutputColumn> others) {
        if (others.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < others.size(); i++) {
            if (!columns.get(i).name().equals(others.get(i).name())
                    || !columns.get(i).type().equals(others.get(i).type())) {
                return false;
            }
        }
        return true;
    }
}
