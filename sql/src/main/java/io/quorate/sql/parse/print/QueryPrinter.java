package io.quorate.sql.parse.print;

import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Query.GroupingElement;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.TableExpression.ColumnType;
import io.quorate.sql.parse.ast.TableExpression.FunctionTable;
import io.quorate.sql.parse.ast.TableExpression.Join;
import io.quorate.sql.parse.ast.TableExpression.TableAlias;
import io.quorate.sql.parse.ast.TableExpression.TableReference;
import io.quorate.sql.parse.ast.Window;
import io.quorate.sql.parse.ast.With;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Queries with all their clauses.
final class QueryPrinter {
    private final Printer out;

    QueryPrinter(Printer out) {
        this.out = out;
    }

    void print(Query query) {
        if (query.with() != null) {
            with(query.with());
        }
        body(query.body());
        if (!query.orderBy().isEmpty()) {
            out.add(" ORDER BY ").list(query.orderBy(), this::sortItem);
        }
        out.clause("OFFSET", query.offset());
        if (query.limit() != null && query.withTies()) {
            out.add(" FETCH FIRST (").expression(query.limit()).add(") ROWS WITH TIES");
        } else {
            out.clause("LIMIT", query.limit());
        }
        query.locking().forEach(this::locking);
    }

    void bracketed(Query query) {
        out.add("(");
        print(query);
        out.add(")");
    }

    void with(With with) {
        out.add(with.recursive() ? "WITH RECURSIVE " : "WITH ");
        out.list(with.tables(), this::commonTable).add(" ");
    }

    void sortItem(SortItem item) {
        out.expression(item.expression());
        if (item.using() != null) {
            out.add(" USING ").add(ExpressionPrinter.operator(item.using()));
        }
        order(item.direction(), item.nulls());
    }

    void order(SortItem.Direction direction, SortItem.Nulls nulls) {
        switch (direction) {
            case DEFAULT -> {}
            case ASCENDING -> out.add(" ASC");
            case DESCENDING -> out.add(" DESC");
        }
        switch (nulls) {
            case DEFAULT -> {}
            case FIRST -> out.add(" NULLS FIRST");
            case LAST -> out.add(" NULLS LAST");
        }
    }

    void window(Window.Specification window) {
        String gap = "";
        out.add("(");
        if (window.base() != null) {
            out.name(window.base().text());
            gap = " ";
        }
        if (!window.partitionBy().isEmpty()) {
            out.add(gap).add("PARTITION BY ").expressions(window.partitionBy());
            gap = " ";
        }
        if (!window.orderBy().isEmpty()) {
            out.add(gap).add("ORDER BY ").list(window.orderBy(), this::sortItem);
            gap = " ";
        }
        if (window.frame() != null) {
            out.add(gap);
            frame(window.frame());
        }
        out.add(")");
    }

    void selectItems(List<Query.SelectItem> items) {
        out.list(
                items,
                item -> {
                    out.expression(item.expression());
                    if (item.alias() != null) {
                        out.add(" AS ").name(item.alias().text());
                    }
                });
    }

    void from(String keyword, List<TableExpression> elements) {
        if (!elements.isEmpty()) {
            out.add(" ").add(keyword).add(" ").list(elements, this::table);
        }
    }

    void table(TableExpression table) {
        switch (table) {
            case TableReference reference -> reference(reference);
            case TableExpression.Subquery subquery -> {
                out.add(subquery.lateral() ? "LATERAL " : "");
                bracketed(subquery.query());
                alias(subquery.alias());
            }
            case FunctionTable function -> function(function);
            case Join join -> join(join);
        }
    }

    void reference(TableReference table) {
        out.add(table.only() ? "ONLY " : "").names(table.name().parts());
        alias(table.alias());
        TableExpression.TableSample sample = table.sample();
        if (sample != null) {
            out.add(" TABLESAMPLE ").names(sample.method().parts());
            out.add(" (").expressions(sample.arguments()).add(")");
            if (sample.repeatable() != null) {
                out.add(" REPEATABLE (").expression(sample.repeatable()).add(")");
            }
        }
    }

    private void body(Query.Body body) {
        switch (body) {
            case Query.Select select -> select(select);
            case Query.Values values -> out.add("VALUES ").expressions(values.rows());
            case Query.SetOperation operation -> {
                side(operation.left());
                out.add(" ").add(operation.kind().name()).add(operation.all() ? " ALL " : " ");
                side(operation.right());
            }
        }
    }

    private void side(Query query) {
        if (query.isPlain() && !(query.body() instanceof Query.SetOperation)) {
            print(query);
        } else {
            bracketed(query);
        }
    }

    private void select(Query.Select select) {
        out.add("SELECT");
        if (select.distinct() != null) {
            out.add(" DISTINCT");
            if (!select.distinct().on().isEmpty()) {
                out.add(" ON (").expressions(select.distinct().on()).add(")");
            }
        }
        if (!select.items().isEmpty()) {
            out.add(" ");
            selectItems(select.items());
        }
        if (select.into() != null) {
            out.add(" INTO ");
            switch (select.into().persistence()) {
                case PERMANENT -> {}
                case TEMPORARY -> out.add("TEMPORARY ");
                case UNLOGGED -> out.add("UNLOGGED ");
            }
            out.add("TABLE ").names(select.into().table().parts());
        }
        from("FROM", select.from());
        out.clause("WHERE", select.where());
        if (select.groupBy() != null) {
            out.add(" GROUP BY ").add(select.groupBy().distinct() ? "DISTINCT " : "");
            out.list(select.groupBy().elements(), this::groupingElement);
        }
        out.clause("HAVING", select.having());
        if (!select.windows().isEmpty()) {
            out.add(" WINDOW ")
                    .list(
                            select.windows(),
                            definition -> {
                                out.name(definition.name().text()).add(" AS ");
                                window(definition.window());
                            });
        }
    }

    private void groupingElement(GroupingElement element) {
        switch (element) {
            case GroupingElement.Simple simple -> out.expression(simple.expression());
            case GroupingElement.Empty ignored -> out.add("()");
            case GroupingElement.Rollup rollup ->
                    out.add("ROLLUP(").expressions(rollup.expressions()).add(")");
            case GroupingElement.Cube cube ->
                    out.add("CUBE(").expressions(cube.expressions()).add(")");
            case GroupingElement.Sets sets ->
                    out.add("GROUPING SETS (")
                            .list(sets.elements(), this::groupingElement)
                            .add(")");
        }
    }

    private void locking(Query.Locking locking) {
        out.add(" FOR ").add(locking.strength().name().replace('_', ' '));
        if (!locking.tables().isEmpty()) {
            out.add(" OF ").list(locking.tables(), table -> out.names(table.parts()));
        }
        switch (locking.waiting()) {
            case BLOCK -> {}
            case NOWAIT -> out.add(" NOWAIT");
            case SKIP_LOCKED -> out.add(" SKIP LOCKED");
        }
    }

    private void frame(Window.Frame frame) {
        out.add(frame.unit().name()).add(" BETWEEN ");
        bound(frame.start());
        out.add(" AND ");
        bound(frame.end());
        switch (frame.exclusion()) {
            case NO_OTHERS -> {}
            case CURRENT_ROW -> out.add(" EXCLUDE CURRENT ROW");
            case GROUP -> out.add(" EXCLUDE GROUP");
            case TIES -> out.add(" EXCLUDE TIES");
        }
    }

    private void bound(Window.Bound bound) {
        if (bound.offset() != null) {
            out.expression(bound.offset()).add(" ");
        }
        out.add(bound.kind().name().replace('_', ' '));
    }

    private void function(FunctionTable table) {
        out.add(table.lateral() ? "LATERAL " : "");
        List<ColumnType> columns = List.of();
        if (table.rowsFrom()) {
            out.add("ROWS FROM (")
                    .list(
                            table.functions(),
                            function -> {
                                out.expression(function.call());
                                if (!function.columns().isEmpty()) {
                                    out.add(" AS ");
                                    columnTypes(function.columns());
                                }
                            })
                    .add(")");
        } else {
            out.expression(table.functions().getFirst().call());
            columns = table.functions().getFirst().columns();
        }
        out.add(table.ordinality() ? " WITH ORDINALITY" : "");
        if (columns.isEmpty()) {
            alias(table.alias());
            return;
        }
        out.add(" AS ");
        if (table.alias() != null) {
            out.name(table.alias().name().text()).add(" ");
        }
        columnTypes(columns);
    }

    private void columnTypes(List<ColumnType> columns) {
        out.add("(")
                .list(
                        columns,
                        column -> {
                            out.name(column.name().text()).add(" ");
                            out.add(TypePrinter.print(column.type()));
                            if (column.collation() != null) {
                                out.add(" COLLATE ").names(column.collation().parts());
                            }
                        })
                .add(")");
    }

    private void join(Join join) {
        if (join.alias() != null) {
            out.add("(");
        }
        operand(join.left());
        out.add(join.natural() ? " NATURAL " : " ");
        out.add(join.kind().name()).add(" JOIN ");
        operand(join.right());
        out.clause("ON", join.condition());
        if (!join.using().isEmpty()) {
            out.add(" USING ").bracketedNames(join.using());
            Name alias = join.usingAlias();
            if (alias != null) {
                out.add(" AS ").name(alias.text());
            }
        }
        if (join.alias() != null) {
            out.add(")");
            alias(join.alias());
        }
    }

    private void operand(TableExpression table) {
        if (table instanceof Join join && join.alias() == null) {
            out.add("(");
            table(join);
            out.add(")");
        } else {
            table(table);
        }
    }

    private void alias(@Nullable TableAlias alias) {
        if (alias != null) {
            out.add(" AS ").name(alias.name().text()).optionalNames(alias.columns());
        }
    }

    private void commonTable(With.CommonTable table) {
        out.name(table.name().text()).optionalNames(table.columns()).add(" AS ");
        switch (table.materialization()) {
            case DEFAULT -> {}
            case MATERIALIZED -> out.add("MATERIALIZED ");
            case NOT_MATERIALIZED -> out.add("NOT MATERIALIZED ");
        }
        out.add("(");
        statement(table.statement());
        out.add(")");
        With.Search search = table.search();
        if (search != null) {
            out.add(search.breadthFirst() ? " SEARCH BREADTH" : " SEARCH DEPTH");
            out.add(" FIRST BY ").list(search.by(), name -> out.name(name.text()));
            out.add(" SET ").name(search.set().text());
        }
        With.Cycle cycle = table.cycle();
        if (cycle != null) {
            out.add(" CYCLE ").list(cycle.columns(), name -> out.name(name.text()));
            out.add(" SET ").name(cycle.mark().text());
            out.clause("TO", cycle.markValue()).clause("DEFAULT", cycle.markDefault());
            out.add(" USING ").name(cycle.path().text());
        }
    }

    private void statement(Statement statement) {
        switch (statement) {
            case Query query -> print(query);
            case DataStatement change -> out.data.print(change);
            case Statement other ->
                    throw new IllegalArgumentException(
                            "a common table cannot hold "
                                    + other.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
    }
}
