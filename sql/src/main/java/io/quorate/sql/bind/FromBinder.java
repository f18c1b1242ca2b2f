package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.algebra.Rels;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.type.RowTypes;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds FROM: the relation it makes and the names it gives.
final class FromBinder {
    private final Binding binding;
    private final QueryBinder queries;
    private final boolean withKeys;

    /// @param withKeys whether tables give the keys of their rows too, to lock them
    FromBinder(Binding binding, QueryBinder queries, boolean withKeys) {
        this.binding = binding;
        this.queries = queries;
        this.withKeys = withKeys;
    }

    /// A piece of FROM.
    ///
    /// @param lateral what it needs of the rows to its left; empty unless it is lateral to them
    record Item(Rel rel, List<Scope.Table> tables, List<Scope.Column> columns, List<Expr> lateral) {
        static final Item NOTHING = new Item(Rel.Values.ONE_ROW, List.of(), List.of(), List.of());

        Item(Rel rel, List<Scope.Table> tables, List<Scope.Column> columns) {
            this(rel, tables, columns, List.of());
        }

        Scope scope(Scope base) {
            return new Scope(base.closure(), tables, columns, base.commonTables());
        }

        int width() {
            return rel.types().size();
        }
    }

    /// The elements between the commas, from left to right.
    ///
    /// @param first what already stands to their left
    Item bind(Item first, List<TableExpression> elements, Scope base) {
        Item all = first;
        for (TableExpression element : elements) {
            Item next = element(element, base, all);
            checkNames(all, next, element.position());
            all =
                    all.tables().isEmpty() && next.lateral().isEmpty()
                            ? next
                            : joined(JoinKind.INNER, all, next, Expr.Constant.TRUE);
        }
        return all;
    }

    /// An element that may see the rows to its left.
    private Item element(TableExpression element, Scope base, Item left) {
        if (left.tables().isEmpty() || !mayBeLateral(element)) {
            return plain(element, base);
        }
        Closure closure = new Closure(left.scope(base));
        Item item = plain(element, Scope.empty(closure, base.commonTables()));
        List<Expr> arguments = closure.arguments();
        boolean lateral =
                arguments.stream()
                        .anyMatch(argument ->
                                Exprs.any(argument, each -> each instanceof Expr.ColumnRef));
        return lateral
                ? new Item(item.rel(), item.tables(), item.columns(), arguments)
                : new Item(Rels.substitute(item.rel(), arguments), item.tables(), item.columns());
    }

    private static boolean mayBeLateral(TableExpression element) {
        return switch (element) {
            case TableExpression.TableReference table -> false;
            case TableExpression.Subquery subquery -> subquery.lateral();
            case TableExpression.FunctionTable function -> true;
            case TableExpression.Join join ->
                    mayBeLateral(join.left()) || mayBeLateral(join.right());
        };
    }

    private Item plain(TableExpression element, Scope base) {
        return switch (element) {
            case TableExpression.TableReference table -> table(table, base);
            case TableExpression.Subquery subquery -> subquery(subquery, base);
            case TableExpression.FunctionTable function -> function(function, base);
            case TableExpression.Join join -> new JoinBinder(binding, this).bind(join, base);
        };
    }

    /// The right side of a join.
    Item rightOf(TableExpression element, Scope base, Item left) {
        return element(element, base, left);
    }

    Item leftOf(TableExpression element, Scope base) {
        return plain(element, base);
    }

    private Item table(TableExpression.TableReference reference, Scope base) {
        if (reference.sample() != null) {
            throw Errors.unsupported("TABLESAMPLE", reference.position());
        }
        QualifiedName name = reference.name();
        CommonTables.Definition common =
                name.qualifier().isEmpty() ? CommonTables.find(base, name.last()) : null;
        if (common != null) {
            return named(common.use(), name.last(), reference.alias(), null);
        }
        Relation relation = relation(name);
        binding.reads(relation);
        return relation instanceof ViewDescriptor view
                ? view(view, reference)
                : scan(relation, reference.alias(), withKeys);
    }

    /// A view: its query, under the names that the view gives.
    private Item view(ViewDescriptor view, TableExpression.TableReference reference) {
        if (withKeys) {
            throw Errors.unsupported("locking the rows of a view", reference.position());
        }
        Binding inner = binding.ofView(view, reference.position());
        Query query = (Query) Parser.parseStatement(view.sql());
        BoundRel bound =
                new QueryBinder(inner).bind(query, Scope.empty(new Closure(null), List.of()), true);
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < view.columns().size(); i++) {
            columns.add(
                    new OutputColumn(
                            view.columns().get(i).name(),
                            bound.columns().get(i).type(),
                            view.oid(),
                            i + 1));
        }
        TableExpression.TableAlias alias = reference.alias();
        return named(
                new BoundRel(bound.rel(), columns),
                view.name(),
                alias,
                alias == null ? view.schema() : null);
    }

    /// 42P01 where it does not exist.
    Relation relation(QualifiedName name) {
        List<String> qualifier = name.qualifier();
        String schema = qualifier.isEmpty() ? null : qualifier.getLast();
        Relation relation =
                binding.context()
                        .schema()
                        .find(schema, name.last(), binding.context().searchPath());
        if (relation == null) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_TABLE,
                    "relation \"" + String.join(".", name.parts()) + "\" does not exist",
                    name.position());
        }
        return relation;
    }

    Item scan(Relation relation, TableExpression.@Nullable TableAlias alias, boolean withKey) {
        List<OutputColumn> columns = new ArrayList<>();
        for (RelationColumn column : relation.columns()) {
            columns.add(
                    new OutputColumn(
                            column.name(),
                            column.type(),
                            relation.oid(),
                            column instanceof ColumnDescriptor described
                                    ? described.id()
                                    : columns.size() + 1));
        }
        TableDescriptor table = relation instanceof TableDescriptor each ? each : null;
        boolean keyed = withKey && table != null;
        String name = alias == null ? relation.name() : alias.name().text();
        Rel rel = new Rel.Scan(relation, name, keyed);
        Item item =
                named(
                        new BoundRel(rel, columns),
                        relation.name(),
                        alias,
                        alias == null ? relation.schema() : null,
                        table,
                        keyed ? columns.size() : -1);
        List<Scope.Column> hidden = SystemColumns.of(relation, name);
        return new Item(
                item.rel(),
                item.tables().stream().map(each -> each.withHidden(hidden)).toList(),
                item.columns());
    }

    private Item subquery(TableExpression.Subquery subquery, Scope base) {
        BoundRel bound = queries.bind(subquery.query(), base, true);
        return named(bound, "", subquery.alias(), null);
    }

    private Item named(
            BoundRel rel,
            String defaultName,
            TableExpression.@Nullable TableAlias alias,
            @Nullable String schema) {
        return named(rel, defaultName, alias, schema, null, -1);
    }

    private Item named(
            BoundRel rel,
            String defaultName,
            TableExpression.@Nullable TableAlias alias,
            @Nullable String schema,
            @Nullable TableDescriptor table,
            int keySlot) {
        String name = alias == null ? defaultName : alias.name().text();
        List<Name> renamed = alias == null ? List.of() : alias.columns();
        if (renamed.size() > rel.columns().size()) {
            throw Errors.error(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "table \""
                            + name
                            + "\" has "
                            + rel.columns().size()
                            + " columns available but "
                            + renamed.size()
                            + " columns specified",
                    renamed.getFirst().position());
        }
        List<Scope.Column> columns = new ArrayList<>();
        for (int i = 0; i < rel.columns().size(); i++) {
            OutputColumn column = rel.columns().get(i);
            columns.add(
                    new Scope.Column(
                            i < renamed.size() ? renamed.get(i).text() : column.name(),
                            new Expr.ColumnRef(i, column.type()),
                            column.tableOid(),
                            column.columnNumber(),
                            name.isEmpty() ? null : name));
        }
        List<Scope.Table> tables =
                name.isEmpty()
                        ? List.of()
                        : List.of(new Scope.Table(name, schema, columns, table, keySlot));
        return new Item(rel.rel(), tables, columns);
    }

    private Item function(TableExpression.FunctionTable table, Scope base) {
        ExpressionBinder expressions = new ExpressionBinder(binding, base, Place.FROM);
        Coercer coercer = new Coercer(binding);
        List<Expr> calls = new ArrayList<>();
        List<OutputColumn> columns = new ArrayList<>();
        for (TableExpression.TableFunction function : table.functions()) {
            if (!function.columns().isEmpty()) {
                throw Errors.unsupported("a column definition list", function.position());
            }
            Expr call = coercer.settled(expressions.bind(function.call()), function.position());
            if (call.type().sameTypeAs(SqlType.RECORD)) {
                throw Errors.unsupported(
                        "a function in FROM that returns records", function.position());
            }
            for (Expr argument : call.children()) {
                Selection.refuseSets(List.of(List.of(argument)), "arguments", table.position());
            }
            TableExpression.TableAlias alias = table.alias();
            String name =
                    alias != null && table.functions().size() == 1
                            ? alias.name().text()
                            : OutputNames.of(function.call());
            calls.add(call);
            columns.add(OutputColumn.computed(resultName(call, name), call.type()));
        }
        String name = OutputNames.of(table.functions().getFirst().call());
        if (table.ordinality()) {
            columns.add(OutputColumn.computed("ordinality", SqlType.INT8));
        }
        TableExpression.TableAlias alias = table.alias();
        Rel rel =
                new Rel.TableFunction(
                        alias == null ? name : alias.name().text(), calls, table.ordinality());
        return named(withFields(new BoundRel(rel, columns)), name, alias, null);
    }

    /// A function with one OUT parameter gives its column that name.
    private static String resultName(Expr call, String otherwise) {
        boolean named =
                call instanceof Expr.Call each
                        && each.callee().name().equals("pg_partition_ancestors");
        return named ? "relid" : otherwise;
    }

    /// A single record with named fields is taken apart into them.
    private static BoundRel withFields(BoundRel bound) {
        List<RowTypes.Field> fields = RowTypes.fieldsOf(bound.columns().getFirst().type());
        if (bound.columns().size() > 1 || fields == null) {
            return bound;
        }
        Expr row = new Expr.ColumnRef(0, bound.columns().getFirst().type());
        return new BoundRel(
                new Rel.Project(bound.rel(), FieldAccess.all(row, fields)),
                fields.stream()
                        .map(field -> OutputColumn.computed(field.name(), field.type()))
                        .toList());
    }

    /// The left item followed by the right one, which may be lateral to it.
    Item joined(JoinKind kind, Item left, Item right, Expr condition) {
        Rel rel =
                right.lateral().isEmpty()
                        ? new Rel.Join(kind, left.rel(), right.rel(), condition)
                        : new Rel.Lateral(
                                kind, left.rel(), right.rel(), right.lateral(), condition);
        Item shifted = shifted(right, left.width());
        List<Scope.Table> tables = new ArrayList<>(left.tables());
        tables.addAll(shifted.tables());
        List<Scope.Column> columns = new ArrayList<>(left.columns());
        columns.addAll(shifted.columns());
        return new Item(rel, tables, columns);
    }

    /// The names of an item whose row begins at a slot further right.
    static Item shifted(Item item, int by) {
        return new Item(
                item.rel(),
                item.tables().stream()
                        .map(table -> table.mapped(expr -> Exprs.shift(expr, by), by))
                        .toList(),
                item.columns().stream()
                        .map(column -> column.mapped(expr -> Exprs.shift(expr, by)))
                        .toList(),
                item.lateral());
    }

    static void checkNames(Item left, Item right, int position) {
        for (Scope.Table one : left.tables()) {
            for (Scope.Table other : right.tables()) {
                boolean sameSchema =
                        one.schema() == null
                                || other.schema() == null
                                || one.schema().equals(other.schema());
                if (one.alias().equals(other.alias()) && sameSchema) {
                    throw Errors.error(
                            ErrorCode.DUPLICATE_ALIAS,
                            "table name \"" + one.alias() + "\" specified more than once",
                            position);
                }
            }
        }
    }
}
