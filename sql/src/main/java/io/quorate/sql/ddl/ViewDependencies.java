package io.quorate.sql.ddl;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.Trees;
import java.util.ArrayList;
import java.util.List;

/// Which views read a relation, found by binding them: a view is kept as text, and what it depends on
/// is what its text means.
final class ViewDependencies {
    private ViewDependencies() {}

    static Query queryOf(ViewDescriptor view) {
        return (Query) Parser.parseStatement(view.sql());
    }

    /// The views that name a relation.
    static List<ViewDescriptor> readersOf(Relation relation, Schema schema, DdlSession session) {
        List<ViewDescriptor> readers = new ArrayList<>();
        for (ViewDescriptor view : schema.views()) {
            boolean reads =
                    session.bindView(queryOf(view), view.searchPath(), schema)
                            .relations()
                            .contains(relation.oid());
            if (reads) {
                readers.add(view);
            }
        }
        return readers;
    }

    /// The text of a view does not follow new names.
    static void refuseRename(Schema schema, Relation relation, DdlSession session) {
        for (ViewDescriptor reader : readersOf(relation, schema, session)) {
            throw TableBuilder.unsupported("renaming what view \"" + reader.name() + "\" reads", 0);
        }
    }

    static void refuseColumnRename(
            Schema schema, TableDescriptor table, String column, DdlSession session) {
        for (ViewDescriptor reader : readersOfColumn(table, column, schema, session)) {
            throw TableBuilder.unsupported(
                    "renaming a column that view \"" + reader.name() + "\" reads", 0);
        }
    }

    /// Adds the views that could not be without a column, and those that read them.
    static void addReadersOfColumn(
            TableDescriptor table,
            String column,
            String on,
            Schema schema,
            DdlSession session,
            Dependents dependents) {
        for (ViewDescriptor reader : readersOfColumn(table, column, schema, session)) {
            dependents.add(reader, on);
            addReaders(reader, schema, session, dependents);
        }
    }

    private static void addReaders(
            ViewDescriptor view, Schema schema, DdlSession session, Dependents dependents) {
        for (ViewDescriptor reader : readersOf(view, schema, session)) {
            dependents.add(reader, "view " + view.name());
            addReaders(reader, schema, session, dependents);
        }
    }

    private static List<ViewDescriptor> readersOfColumn(
            TableDescriptor table, String column, Schema schema, DdlSession session) {
        Schema without = session.picture(withoutColumn(schema.objects(), table, column));
        List<ViewDescriptor> readers = new ArrayList<>();
        for (ViewDescriptor view : readersOf(table, schema, session)) {
            if (namesByPosition(view) || !isBindable(view, without, session)) {
                readers.add(view);
            }
        }
        return readers;
    }

    private static SchemaObjects withoutColumn(
            SchemaObjects objects, TableDescriptor table, String column) {
        List<ColumnDescriptor> columns = new ArrayList<>(table.columns());
        columns.removeIf(each -> each.name().equals(column));
        return objects.with(
                new TableDescriptor(
                        table.oid(),
                        table.schema(),
                        table.name(),
                        table.version(),
                        columns,
                        table.primary(),
                        List.of(),
                        List.of(),
                        List.of(),
                        table.nextColumnId(),
                        table.nextIndexKeyId(),
                        false));
    }

    /// Whether it gives columns of a table names of its own, in their order, so that each counts.
    private static boolean namesByPosition(ViewDescriptor view) {
        boolean[] found = new boolean[1];
        Trees.walk(
                queryOf(view),
                node ->
                        found[0] |=
                                node instanceof TableExpression.TableReference reference
                                        && reference.alias() != null
                                        && !reference.alias().columns().isEmpty());
        return found[0];
    }

    private static boolean isBindable(ViewDescriptor view, Schema schema, DdlSession session) {
        try {
            session.bindView(queryOf(view), view.searchPath(), schema);
            return true;
        } catch (QuorateException missing) {
            return false;
        }
    }
}
