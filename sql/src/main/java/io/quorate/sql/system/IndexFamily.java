package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.ddl.ColumnUse;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// pg_index, pg_constraint and what indexes are made of: access methods, operator classes.
final class IndexFamily {
    private final TypeTable types;
    private final Map<Long, Long> operatorClasses = new LinkedHashMap<>();

    IndexFamily(TypeTable types) {
        this.types = types;
        for (String[] row : Resources.table("operator-classes.tsv")) {
            if (row[4].equals("t")) {
                operatorClasses.put(Long.parseLong(row[3]), Long.parseLong(row[0]));
            }
        }
    }

    void register(Contents contents) {
        contents.ofSchema(Schema.PG_CATALOG, "pg_index", this::indexes);
        contents.ofSchema(Schema.PG_CATALOG, "pg_constraint", IndexFamily::constraints);
        contents.ofSchema(Schema.PG_CATALOG, "pg_am", (schema, rows) -> accessMethods(rows));
        contents.ofSchema(Schema.PG_CATALOG, "pg_opclass", (schema, rows) -> classes(rows));
        contents.ofSchema(Schema.PG_CATALOG, "pg_opfamily", (schema, rows) -> families(rows));
    }

    private void indexes(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                List<ColumnDescriptor> columns = columns(table, index);
                rows.row()
                        .set("indexrelid", index.oid())
                        .set("indrelid", table.oid())
                        .set("indnatts", columns.size())
                        .set("indnkeyatts", columns.size())
                        .set("indisunique", index.unique())
                        .set("indisprimary", index.primary())
                        .set("indimmediate", true)
                        .set("indisvalid", true)
                        .set("indisready", true)
                        .set("indislive", true)
                        .set("indkey", vector(SqlType.INT2, columns, ColumnDescriptor::id))
                        .set("indcollation", vector(SqlType.OID, columns, this::collation))
                        .set("indclass", vector(SqlType.OID, columns, this::operatorClass))
                        .set("indoption", vector(SqlType.INT2, columns, column -> 0));
            }
        }
    }

    static List<ColumnDescriptor> columns(TableDescriptor table, IndexDescriptor index) {
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (int position : table.positionsOf(index)) {
            columns.add(table.columns().get(position));
        }
        return columns;
    }

    private static SqlArray vector(
            SqlType element,
            List<ColumnDescriptor> columns,
            ToLongFunction<ColumnDescriptor> value) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.applyAsLong(columns.get(i));
        }
        return SqlArray.vector(element, values);
    }

    private long collation(ColumnDescriptor column) {
        return types.of(column.type()).collation();
    }

    /// A type without a class of its own is compared as text or as an array.
    private long operatorClass(ColumnDescriptor column) {
        SqlType type = column.type();
        SqlType opened =
                switch (type.kind()) {
                    case VARCHAR -> SqlType.TEXT;
                    case ARRAY -> SqlType.ANYARRAY;
                    case OID -> SqlType.OID;
                    case BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC, TEXT, BPCHAR -> type;
                    case CHAR, NAME, BYTEA, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> type;
                    case INTERVAL, UUID, VECTOR, RECORD, UNKNOWN, VOID, PSEUDO -> type;
                };
        Long oid = operatorClasses.get((long) opened.oid());
        return Check.present(oid, "indexed types have an operator class: " + type.name());
    }

    private static void constraints(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                String name = constraintName(index);
                if (name != null) {
                    constraint(rows, table, index.oid(), name, index.primary() ? "p" : "u")
                            .set("conindid", index.oid())
                            .set("conkey", numbers(columns(table, index)))
                            .set("connoinherit", true);
                }
            }
            for (CheckDescriptor check : table.checks()) {
                constraint(rows, table, check.oid(), check.name(), "c")
                        .set("conkey", numbers(mentioned(table, check)))
                        .set("conbin", check.expressionSql());
            }
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                foreignKey(rows, table, key);
            }
        }
    }

    private static void foreignKey(RowSet rows, TableDescriptor table, ForeignKeyDescriptor key) {
        RowSet.Row row =
                constraint(rows, table, key.oid(), key.name(), "f")
                        .set("conindid", key.referencedIndex())
                        .set("confrelid", key.referencedTable())
                        .set("confupdtype", key.onUpdate().code())
                        .set("confdeltype", key.onDelete().code())
                        .set("confmatchtype", key.full() ? "f" : "s")
                        .set("conkey", numbersOf(key.columnIds()))
                        .set("confkey", numbersOf(key.referencedColumnIds()))
                        .set("connoinherit", true);
        if (!key.onDeleteColumnIds().isEmpty()) {
            row.set("confdelsetcols", numbersOf(key.onDeleteColumnIds()));
        }
    }

    private static SqlArray numbersOf(List<Integer> ids) {
        return SqlArray.of(SqlType.INT2, ids.stream().map(id -> (long) id).toList());
    }

    /// The constraint that an index serves, null for a plain index. It goes by the index's oid.
    static @Nullable String constraintName(IndexDescriptor index) {
        if (index.constraint() != null) {
            return index.constraint();
        }
        return index.primary() ? index.name() : null;
    }

    private static RowSet.Row constraint(
            RowSet rows, TableDescriptor table, long oid, String name, String type) {
        return rows.row()
                .set("oid", oid)
                .set("conname", name)
                .set("connamespace", Oids.schema(table.schema()))
                .set("contype", type)
                .set("convalidated", true)
                .set("conrelid", table.oid())
                .set("confupdtype", " ")
                .set("confdeltype", " ")
                .set("confmatchtype", " ")
                .set("conislocal", true);
    }

    private static SqlArray numbers(List<ColumnDescriptor> columns) {
        return SqlArray.of(
                SqlType.INT2, columns.stream().map(column -> (long) column.id()).toList());
    }

    /// The columns that a check speaks of.
    static List<ColumnDescriptor> mentioned(TableDescriptor table, CheckDescriptor check) {
        return table.columns().stream()
                .filter(column -> ColumnUse.mentions(check.expressionSql(), column.name()))
                .toList();
    }

    private static void accessMethods(RowSet rows) {
        accessMethod(rows, Oids.HEAP, "heap", 3, "t");
        accessMethod(rows, Oids.BTREE, "btree", 330, "i");
    }

    private static void accessMethod(
            RowSet rows, long oid, String name, long handler, String type) {
        rows.row()
                .set("oid", oid)
                .set("amname", name)
                .set("amhandler", handler)
                .set("amtype", type);
    }

    private static void classes(RowSet rows) {
        for (String[] row : Resources.table("operator-classes.tsv")) {
            rows.row()
                    .set("oid", Long.parseLong(row[0]))
                    .set("opcmethod", Oids.BTREE)
                    .set("opcname", row[1])
                    .set("opcnamespace", Oids.PG_CATALOG)
                    .set("opcowner", Oids.SUPERUSER)
                    .set("opcfamily", Long.parseLong(row[2]))
                    .set("opcintype", Long.parseLong(row[3]))
                    .set("opcdefault", row[4].equals("t"));
        }
    }

    private static void families(RowSet rows) {
        for (String[] row : Resources.table("operator-families.tsv")) {
            rows.row()
                    .set("oid", Long.parseLong(row[0]))
                    .set("opfmethod", Oids.BTREE)
                    .set("opfname", row[1])
                    .set("opfnamespace", Oids.PG_CATALOG)
                    .set("opfowner", Oids.SUPERUSER);
        }
    }
}
