package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rels;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.With;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds WITH: each table once, then either put in the place of its only use, or computed once.
final class CommonTables {
    /// A common table as names find it. Counts its uses.
    static final class Definition {
        private final int id;
        private final String name;
        private final List<OutputColumn> columns;
        private int uses;

        Definition(int id, String name, List<OutputColumn> columns) {
            this.id = id;
            this.name = name;
            this.columns = columns;
        }

        String name() {
            return name;
        }

        BoundRel use() {
            uses++;
            List<SqlType> types = columns.stream().map(OutputColumn::type).toList();
            return new BoundRel(new Rel.CommonScan(id, name, types), columns);
        }
    }

    private record Bound(Definition definition, Rel rel, With.Materialization materialization) {}

    private final Binding binding;
    private final QueryBinder queries;
    private final List<Bound> bound = new ArrayList<>();
    private Scope scope;

    /// @param scope of the query that has the WITH
    CommonTables(Binding binding, QueryBinder queries, Scope scope) {
        this.binding = binding;
        this.queries = queries;
        this.scope = scope;
    }

    /// The scope with the tables in it.
    Scope define(@Nullable With with) {
        if (with == null) {
            return scope;
        }
        for (With.CommonTable table : with.tables()) {
            if (bound.stream()
                    .anyMatch(each -> each.definition().name.equals(table.name().text()))) {
                throw Errors.error(
                        ErrorCode.DUPLICATE_ALIAS,
                        "WITH query name \"" + table.name().text() + "\" specified more than once",
                        table.position());
            }
            Bound next = define(table, with.recursive());
            bound.add(next);
            scope = with(next.definition());
        }
        return scope;
    }

    private Scope with(Definition definition) {
        List<Definition> visible = new ArrayList<>(List.of(definition));
        visible.addAll(scope.commonTables());
        return scope.withCommonTables(visible);
    }

    private Bound define(With.CommonTable table, boolean recursive) {
        if (!(table.statement() instanceof Query query)) {
            throw Errors.unsupported("a statement that changes data in WITH", table.position());
        }
        if (table.search() != null || table.cycle() != null) {
            throw Errors.unsupported("SEARCH and CYCLE", table.position());
        }
        if (recursive) {
            Bound defined = defineRecursive(table, query);
            if (defined != null) {
                return defined;
            }
        }
        BoundRel rel = queries.bind(query, scope, true);
        List<OutputColumn> columns = named(rel.columns(), table.columns(), table);
        int id = binding.nextCommonTable();
        return new Bound(
                new Definition(id, table.name().text(), columns),
                rel.rel(),
                table.materialization());
    }

    /// Null where the query does not use itself.
    private @Nullable Bound defineRecursive(With.CommonTable table, Query query) {
        if (!(query.body() instanceof Query.SetOperation union)
                || union.kind() != Query.SetKind.UNION) {
            return null;
        }
        BoundRel base = queries.bind(union.left(), scope, true);
        List<OutputColumn> columns = named(base.columns(), table.columns(), table);
        String name = table.name().text();
        Definition itself = new Definition(binding.nextCommonTable(), name, columns);
        BoundRel step = queries.bind(union.right(), with(itself), false);
        if (itself.uses == 0) {
            return null;
        }
        if (itself.uses > 1) {
            throw Errors.error(
                    ErrorCode.INVALID_RECURSION,
                    "recursive reference to query \"" + name + "\" must not appear more than once",
                    table.position());
        }
        if (!query.isPlain()) {
            throw Errors.unsupported(
                    "a clause after the UNION of a recursive query", query.position());
        }
        Rel.Recursive rel =
                new Rel.Recursive(
                        itself.id,
                        name,
                        union.all(),
                        base.rel(),
                        stepOf(step, columns, name, union.position()).rel());
        return new Bound(
                new Definition(binding.nextCommonTable(), name, columns),
                rel,
                With.Materialization.MATERIALIZED);
    }

    private BoundRel stepOf(BoundRel step, List<OutputColumn> columns, String name, int position) {
        if (step.columns().size() != columns.size()) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "each UNION query must have the same number of columns",
                    position);
        }
        Coercer coercer = new Coercer(binding);
        return step.coerced(i ->
                expr -> {
                    SqlType wanted = columns.get(i).type();
                    if (!Coercer.isUnknown(expr) && !expr.type().sameTypeAs(wanted)) {
                        throw Errors.error(
                                ErrorCode.DATATYPE_MISMATCH,
                                "recursive query \""
                                        + name
                                        + "\" column "
                                        + (i + 1)
                                        + " has type "
                                        + wanted.format()
                                        + " in non-recursive term but type "
                                        + expr.type().format()
                                        + " overall",
                                position);
                    }
                    return coercer.toCommon(expr, wanted, "UNION", position);
                });
    }

    private static List<OutputColumn> named(
            List<OutputColumn> columns, List<Name> names, With.CommonTable table) {
        if (names.size() > columns.size()) {
            throw Errors.error(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "WITH query \""
                            + table.name().text()
                            + "\" has "
                            + columns.size()
                            + " columns available but "
                            + names.size()
                            + " columns specified",
                    table.position());
        }
        List<OutputColumn> named = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            named.add(
                    new OutputColumn(
                            i < names.size() ? names.get(i).text() : column.name(),
                            column.type(),
                            column.tableOid(),
                            column.columnNumber()));
        }
        return named;
    }

    /// Puts the tables around (or into) what uses them.
    Rel around(Rel body) {
        Rel result = body;
        List<Rel.CommonTable> kept = new ArrayList<>();
        for (int i = bound.size() - 1; i >= 0; i--) {
            Bound table = bound.get(i);
            int id = table.definition().id;
            if (table.definition().uses == 0) {
                continue;
            }
            if (!isInlined(table)) {
                kept.addFirst(new Rel.CommonTable(id, table.definition().name, table.rel()));
                continue;
            }
            result = inlined(result, id, table.rel());
            for (int j = 0; j < kept.size(); j++) {
                Rel.CommonTable other = kept.get(j);
                kept.set(
                        j,
                        new Rel.CommonTable(
                                other.id(), other.name(), inlined(other.rel(), id, table.rel())));
            }
        }
        return kept.isEmpty() ? result : new Rel.With(kept, result);
    }

    private static boolean isInlined(Bound table) {
        boolean wanted =
                switch (table.materialization()) {
                    case MATERIALIZED -> false;
                    case NOT_MATERIALIZED -> true;
                    case DEFAULT -> table.definition().uses == 1;
                };
        return wanted && !Rels.isVolatile(table.rel()) && !Rels.isCorrelated(table.rel());
    }

    private static Rel inlined(Rel rel, int id, Rel definition) {
        return Rels.rewrite(
                rel,
                each -> each instanceof Rel.CommonScan scan && scan.id() == id ? definition : each);
    }

    /// The definition that a bare name means, the innermost; null if there is none.
    static @Nullable Definition find(Scope scope, String name) {
        for (Definition definition : scope.commonTables()) {
            if (definition.name.equals(name)) {
                return definition;
            }
        }
        return null;
    }
}
