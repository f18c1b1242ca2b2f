package io.quorate.sql.system;

import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.type.SqlType;
import java.util.List;

/// pg_class, pg_attribute, pg_attrdef and pg_description: relations of all kinds, their columns and
/// what was said about them.
final class ClassFamily {
    private final List<Shape> systemRelations;
    private final TypeTable types;

    /// @param systemRelations those that have rows here beside the tables of users
    ClassFamily(List<Shape> systemRelations, TypeTable types) {
        this.systemRelations = List.copyOf(systemRelations);
        this.types = types;
    }

    void register(Contents contents) {
        contents.ofSchema(Schema.PG_CATALOG, "pg_class", this::relations);
        contents.ofSchema(Schema.PG_CATALOG, "pg_attribute", this::columns);
        contents.ofSchema(Schema.PG_CATALOG, "pg_attrdef", ClassFamily::defaults);
        contents.ofSchema(Schema.PG_CATALOG, "pg_description", ClassFamily::comments);
    }

    private void relations(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            relation(rows, shape.oid(), shape.schema(), shape.name(), shape.table() ? "r" : "v")
                    .set("relam", shape.table() ? Oids.HEAP : 0)
                    .set("relnatts", shape.columns().size())
                    .set("relhasrules", !shape.table())
                    .set("relreplident", "n");
        }
        for (TableDescriptor table : schema.tables()) {
            relation(rows, table.oid(), table.schema(), table.name(), "r")
                    .set("relam", Oids.HEAP)
                    .set("relnatts", table.nextColumnId() - 1)
                    .set("relchecks", table.checks().size())
                    .set("relhasindex", !visibleIndexes(table).isEmpty())
                    .set("relhastriggers", hasForeignKeys(schema, table))
                    .set("relreplident", "d");
            for (IndexDescriptor index : visibleIndexes(table)) {
                relation(rows, index.oid(), table.schema(), index.name(), "i")
                        .set("relam", Oids.BTREE)
                        .set("relnatts", index.columnIds().size())
                        .set("relreplident", "n");
            }
        }
        for (ViewDescriptor view : schema.views()) {
            relation(rows, view.oid(), view.schema(), view.name(), "v")
                    .set("relnatts", view.columns().size())
                    .set("relhasrules", true)
                    .set("relreplident", "n");
        }
        for (SequenceDescriptor sequence : schema.sequences()) {
            relation(rows, sequence.oid(), sequence.schema(), sequence.name(), "S")
                    .set("relnatts", SequenceColumns.ALL.size())
                    .set("relreplident", "n");
        }
    }

    /// PostgreSQL keeps foreign keys by triggers on both tables; clients look for them where this says
    /// so.
    private static boolean hasForeignKeys(Schema schema, TableDescriptor table) {
        return !table.foreignKeys().isEmpty() || !schema.referencesTo(table).isEmpty();
    }

    /// The indexes that users know of: not the one over hidden row ids.
    static List<IndexDescriptor> visibleIndexes(TableDescriptor table) {
        return table.hasHiddenRowId() ? table.secondary() : table.indexes();
    }

    /// Sizes are not known to the schema: PostgreSQL, too, says -1 before it has counted.
    private static RowSet.Row relation(
            RowSet rows, long oid, String schemaName, String name, String kind) {
        return rows.row()
                .set("oid", oid)
                .set("relname", name)
                .set("relnamespace", Oids.schema(schemaName))
                .set("relowner", Oids.SUPERUSER)
                .set("relfilenode", kind.equals("v") ? 0 : oid)
                .set("reltuples", (Object) (-1f))
                .set("relpersistence", "p")
                .set("relkind", kind)
                .set("relispopulated", true);
    }

    private void columns(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            columns(rows, shape.oid(), shape.columns());
        }
        for (TableDescriptor table : schema.tables()) {
            for (ColumnDescriptor column : table.columns()) {
                column(rows, table.oid(), column.id(), column)
                        .set("atthasdef", hasDefault(column))
                        .set("atthasmissing", column.missing() != null)
                        .set("attidentity", identity(column));
            }
            for (IndexDescriptor index : visibleIndexes(table)) {
                indexColumns(rows, table, index);
            }
        }
        for (ViewDescriptor view : schema.views()) {
            columns(rows, view.oid(), view.columns());
        }
        for (SequenceDescriptor sequence : schema.sequences()) {
            columns(rows, sequence.oid(), SequenceColumns.ALL);
        }
    }

    private void columns(RowSet rows, long relation, List<? extends RelationColumn> columns) {
        for (int i = 0; i < columns.size(); i++) {
            column(rows, relation, i + 1, columns.get(i));
        }
    }

    private void indexColumns(RowSet rows, TableDescriptor table, IndexDescriptor index) {
        int[] positions = table.positionsOf(index);
        for (int i = 0; i < positions.length; i++) {
            ColumnDescriptor column = table.columns().get(positions[i]);
            column(rows, index.oid(), i + 1, column).set("attnotnull", false);
        }
    }

    private RowSet.Row column(RowSet rows, long relation, int number, RelationColumn column) {
        SqlType type = column.type();
        TypeTable.Entry entry = types.of(type);
        return rows.row()
                .set("attrelid", relation)
                .set("attname", column.name())
                .set("atttypid", type.oid())
                .set("attstattarget", -1)
                .set("attlen", type.lengthBytes())
                .set("attnum", number)
                .set("attndims", type.isArray() ? 1 : 0)
                .set("attcacheoff", -1)
                .set("atttypmod", type.typmod())
                .set("attbyval", entry.byValue())
                .set("attalign", entry.align())
                .set("attstorage", entry.storage())
                .set("attnotnull", column.notNull())
                .set("attislocal", true)
                .set("attcollation", entry.collation());
    }

    private static void defaults(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (ColumnDescriptor column : table.columns()) {
                if (hasDefault(column)) {
                    rows.row()
                            .set("oid", Oids.columnDefault(table.oid(), column.id()))
                            .set("adrelid", table.oid())
                            .set("adnum", column.id())
                            .set("adbin", column.defaultSql());
                }
            }
        }
    }

    private static void comments(Schema schema, RowSet rows) {
        schema.comments()
                .forEach((target, text) ->
                        rows.row()
                                .set("objoid", target.objectOid())
                                .set("classoid", target.classOid())
                                .set("objsubid", target.subId())
                                .set("description", text));
    }

    /// An identity column's next value is no default in PostgreSQL's sense.
    static boolean hasDefault(ColumnDescriptor column) {
        return column.defaultSql() != null && column.identity() == Identity.NONE;
    }

    private static String identity(ColumnDescriptor column) {
        return switch (column.identity()) {
            case NONE -> "";
            case ALWAYS -> "a";
            case BY_DEFAULT -> "d";
        };
    }
}
