package io.quorate.sql.system;

import static io.quorate.sql.system.Oids.INFORMATION_SCHEMA;

import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Typmods;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// information_schema.columns.
final class InformationColumns {
    /// What `text` and its kin can hold, as PostgreSQL says it.
    private static final int OCTETS_MAX = 1 << 30;

    private static final int BYTES_PER_CHARACTER_MAX = 4;
    private static final int SECONDS_PRECISION = 6;

    private final List<Shape> systemRelations;
    private final String database;

    InformationColumns(List<Shape> systemRelations, String database) {
        this.systemRelations = List.copyOf(systemRelations);
        this.database = database;
    }

    void register(Contents contents) {
        contents.ofSchema(INFORMATION_SCHEMA, "columns", this::columns);
    }

    private void columns(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            int number = 0;
            for (RelationColumn column : shape.columns()) {
                column(rows, shape.schema(), shape.name(), ++number, column)
                        .setYesNo("is_identity", false)
                        .setYesNo("is_updatable", false);
            }
        }
        for (ViewDescriptor view : schema.views()) {
            int number = 0;
            for (RelationColumn column : view.columns()) {
                column(rows, view.schema(), view.name(), ++number, column)
                        .setYesNo("is_identity", false)
                        .setYesNo("is_updatable", false);
            }
        }
        for (TableDescriptor table : schema.tables()) {
            for (ColumnDescriptor column : table.columns()) {
                RowSet.Row row =
                        column(rows, table.schema(), table.name(), column.id(), column)
                                .setYesNo("is_updatable", true);
                if (column.identity() == Identity.NONE) {
                    row.set("column_default", column.defaultSql()).setYesNo("is_identity", false);
                } else {
                    setIdentity(row, schema, table, column);
                }
            }
        }
    }

    private RowSet.Row column(
            RowSet rows, String schemaName, String table, int number, RelationColumn column) {
        SqlType type = column.type();
        RowSet.Row row =
                rows.row()
                        .set("table_catalog", database)
                        .set("table_schema", schemaName)
                        .set("table_name", table)
                        .set("column_name", column.name())
                        .set("ordinal_position", number)
                        .setYesNo("is_nullable", !column.notNull())
                        .set("data_type", type.isArray() ? "ARRAY" : type.withTypmod(-1).format())
                        .set("udt_catalog", database)
                        .set("udt_schema", Schema.PG_CATALOG)
                        .set("udt_name", type.name())
                        .set("dtd_identifier", Integer.toString(number))
                        .setYesNo("is_self_referencing", false)
                        .setYesNo("identity_cycle", false)
                        .set("is_generated", "NEVER");
        setSizes(row, type);
        return row;
    }

    /// Lengths and precisions as far as the type has them.
    private static void setSizes(RowSet.Row row, SqlType type) {
        switch (type.kind()) {
            case INT2, INT4, INT8 -> setPrecision(row, type.lengthBytes() * 8, 2, 0L);
            case FLOAT4 -> setPrecision(row, 24, 2, null);
            case FLOAT8 -> setPrecision(row, 53, 2, null);
            case NUMERIC -> setNumeric(row, type.typmod());
            case VARCHAR, BPCHAR -> setLength(row, type.typmod());
            case TEXT -> row.set("character_octet_length", OCTETS_MAX);
            case DATE -> row.set("datetime_precision", 0);
            case TIME, TIMESTAMP, TIMESTAMPTZ ->
                    row.set(
                            "datetime_precision",
                            type.typmod() < 0 ? SECONDS_PRECISION : type.typmod());
            case INTERVAL ->
                    row.set("datetime_precision", Typmods.intervalPrecision(type.typmod()));
            case BOOL, OID, CHAR, NAME, UNKNOWN, BYTEA, UUID, ARRAY, VECTOR -> {
                // Nothing to say of their sizes.
            }
            case RECORD, VOID, PSEUDO -> {
                // No column has such a type.
            }
        }
    }

    private static void setNumeric(RowSet.Row row, int typmod) {
        row.set("numeric_precision_radix", 10);
        if (typmod >= 0) {
            setPrecision(
                    row, Typmods.numericPrecision(typmod), 10, (long) Typmods.numericScale(typmod));
        }
    }

    private static void setPrecision(
            RowSet.Row row, int precision, int radix, @Nullable Long scale) {
        row.set("numeric_precision", precision)
                .set("numeric_precision_radix", radix)
                .set("numeric_scale", scale);
    }

    private static void setLength(RowSet.Row row, int typmod) {
        if (typmod < 0) {
            row.set("character_octet_length", OCTETS_MAX);
        } else {
            int length = Typmods.length(typmod);
            row.set("character_maximum_length", length)
                    .set("character_octet_length", (long) length * BYTES_PER_CHARACTER_MAX);
        }
    }

    private static void setIdentity(
            RowSet.Row row, Schema schema, TableDescriptor table, ColumnDescriptor column) {
        row.setYesNo("is_identity", true)
                .set(
                        "identity_generation",
                        column.identity() == Identity.ALWAYS ? "ALWAYS" : "BY DEFAULT");
        for (SequenceDescriptor sequence : schema.sequences()) {
            if (sequence.ownerTable() == table.oid() && sequence.ownerColumn() == column.id()) {
                row.set("identity_start", Long.toString(sequence.start()))
                        .set("identity_increment", Long.toString(sequence.increment()))
                        .set("identity_maximum", Long.toString(sequence.maximum()))
                        .set("identity_minimum", Long.toString(sequence.minimum()))
                        .setYesNo("identity_cycle", sequence.cycles());
            }
        }
    }
}
