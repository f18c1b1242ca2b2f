package io.quorate.sql.system;

import static io.quorate.sql.system.Oids.INFORMATION_SCHEMA;

import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import java.util.List;

/// information_schema: tables, schemas, sequences and constraints. Columns are [InformationColumns]'.
final class InformationSchema {
    private final List<Shape> systemRelations;
    private final String database;
    private final String superuser;

    InformationSchema(List<Shape> systemRelations, String database, String superuser) {
        this.systemRelations = List.copyOf(systemRelations);
        this.database = database;
        this.superuser = superuser;
    }

    void register(Contents contents) {
        contents.ofSchema(INFORMATION_SCHEMA, "tables", this::tables);
        contents.ofSchema(INFORMATION_SCHEMA, "views", this::views);
        contents.ofSchema(INFORMATION_SCHEMA, "schemata", this::schemata);
        contents.ofSchema(INFORMATION_SCHEMA, "sequences", this::sequences);
        contents.ofSchema(INFORMATION_SCHEMA, "table_constraints", this::tableConstraints);
        contents.ofSchema(INFORMATION_SCHEMA, "check_constraints", this::checkConstraints);
        contents.ofSchema(INFORMATION_SCHEMA, "key_column_usage", this::keyColumns);
        contents.ofSchema(INFORMATION_SCHEMA, "referential_constraints", this::references);
        contents.ofSchema(INFORMATION_SCHEMA, "constraint_column_usage", this::constraintColumns);
        contents.ofSchema(INFORMATION_SCHEMA, "constraint_table_usage", this::constraintTables);
        contents.ofSchema(
                INFORMATION_SCHEMA,
                "information_schema_catalog_name",
                (schema, rows) -> rows.row().set("catalog_name", database));
        contents.ofSchema(
                INFORMATION_SCHEMA,
                "enabled_roles",
                (schema, rows) -> rows.row().set("role_name", superuser));
        contents.ofSchema(INFORMATION_SCHEMA, "character_sets", (schema, rows) -> utf8(rows));
    }

    private void tables(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            table(rows, shape.schema(), shape.name())
                    .set("table_type", shape.table() ? "BASE TABLE" : "VIEW")
                    .setYesNo("is_insertable_into", false);
        }
        for (TableDescriptor table : schema.tables()) {
            table(rows, table.schema(), table.name())
                    .set("table_type", "BASE TABLE")
                    .setYesNo("is_insertable_into", true);
        }
        for (ViewDescriptor view : schema.views()) {
            table(rows, view.schema(), view.name())
                    .set("table_type", "VIEW")
                    .setYesNo("is_insertable_into", false);
        }
    }

    private RowSet.Row table(RowSet rows, String schemaName, String name) {
        return rows.row()
                .set("table_catalog", database)
                .set("table_schema", schemaName)
                .set("table_name", name)
                .setYesNo("is_typed", false);
    }

    private void views(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            if (!shape.table()) {
                view(rows, shape.schema(), shape.name());
            }
        }
        for (ViewDescriptor view : schema.views()) {
            view(rows, view.schema(), view.name()).set("view_definition", Definitions.view(view));
        }
    }

    /// No view takes changes of rows.
    private RowSet.Row view(RowSet rows, String schemaName, String name) {
        return rows.row()
                .set("table_catalog", database)
                .set("table_schema", schemaName)
                .set("table_name", name)
                .set("check_option", "NONE")
                .setYesNo("is_updatable", false)
                .setYesNo("is_insertable_into", false)
                .setYesNo("is_trigger_updatable", false)
                .setYesNo("is_trigger_deletable", false)
                .setYesNo("is_trigger_insertable_into", false);
    }

    private void schemata(Schema schema, RowSet rows) {
        for (String name : Oids.schemas().keySet()) {
            rows.row()
                    .set("catalog_name", database)
                    .set("schema_name", name)
                    .set("schema_owner", superuser);
        }
    }

    private void sequences(Schema schema, RowSet rows) {
        for (SequenceDescriptor sequence : schema.sequences()) {
            rows.row()
                    .set("sequence_catalog", database)
                    .set("sequence_schema", sequence.schema())
                    .set("sequence_name", sequence.name())
                    .set("data_type", sequence.type().format())
                    .set("numeric_precision", 8L * sequence.type().lengthBytes())
                    .set("numeric_precision_radix", 2)
                    .set("numeric_scale", 0)
                    .set("start_value", Long.toString(sequence.start()))
                    .set("minimum_value", Long.toString(sequence.minimum()))
                    .set("maximum_value", Long.toString(sequence.maximum()))
                    .set("increment", Long.toString(sequence.increment()))
                    .setYesNo("cycle_option", sequence.cycles());
        }
    }

    private void tableConstraints(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                String name = IndexFamily.constraintName(index);
                if (name != null) {
                    tableConstraint(rows, table, name, index.primary() ? "PRIMARY KEY" : "UNIQUE");
                }
            }
            for (CheckDescriptor check : table.checks()) {
                tableConstraint(rows, table, check.name(), "CHECK");
            }
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                tableConstraint(rows, table, key.name(), "FOREIGN KEY");
            }
            for (ColumnDescriptor column : table.columns()) {
                if (column.notNull()) {
                    tableConstraint(rows, table, notNullName(table, column), "CHECK");
                }
            }
        }
    }

    private void tableConstraint(RowSet rows, TableDescriptor table, String name, String type) {
        constraint(rows, table, name)
                .set("table_catalog", database)
                .set("table_schema", table.schema())
                .set("table_name", table.name())
                .set("constraint_type", type)
                .setYesNo("is_deferrable", false)
                .setYesNo("initially_deferred", false)
                .setYesNo("enforced", true);
    }

    private RowSet.Row constraint(RowSet rows, TableDescriptor table, String name) {
        return rows.row()
                .set("constraint_catalog", database)
                .set("constraint_schema", table.schema())
                .set("constraint_name", name);
    }

    /// The standard counts NOT NULL among the checks; PostgreSQL makes up a name for it.
    private static String notNullName(TableDescriptor table, ColumnDescriptor column) {
        return Oids.schema(table.schema()) + "_" + table.oid() + "_" + column.id() + "_not_null";
    }

    private void checkConstraints(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (CheckDescriptor check : table.checks()) {
                constraint(rows, table, check.name())
                        .set("check_clause", "(" + check.expressionSql() + ")");
            }
            for (ColumnDescriptor column : table.columns()) {
                if (column.notNull()) {
                    constraint(rows, table, notNullName(table, column))
                            .set("check_clause", column.name() + " IS NOT NULL");
                }
            }
        }
    }

    private void keyColumns(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                String name = IndexFamily.constraintName(index);
                if (name != null) {
                    int ordinal = 0;
                    for (ColumnDescriptor column : IndexFamily.columns(table, index)) {
                        columnOf(rows, table, column, name).set("ordinal_position", ++ordinal);
                    }
                }
            }
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                foreignKeyColumns(schema, rows, table, key);
            }
        }
    }

    private void foreignKeyColumns(
            Schema schema, RowSet rows, TableDescriptor table, ForeignKeyDescriptor key) {
        TableDescriptor referenced = schema.table(key.referencedTable());
        IndexDescriptor index = referenced == null ? null : referenced.index(key.referencedIndex());
        for (int i = 0; i < key.columnIds().size(); i++) {
            int position = table.positionOf(key.columnIds().get(i));
            RowSet.Row row =
                    columnOf(rows, table, table.columns().get(position), key.name())
                            .set("ordinal_position", i + 1);
            if (index != null) {
                row.set(
                        "position_in_unique_constraint",
                        index.columnIds().indexOf(key.referencedColumnIds().get(i)) + 1);
            }
        }
    }

    private void references(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                TableDescriptor referenced = schema.table(key.referencedTable());
                IndexDescriptor index =
                        referenced == null ? null : referenced.index(key.referencedIndex());
                RowSet.Row row =
                        constraint(rows, table, key.name())
                                .set("match_option", key.full() ? "FULL" : "NONE")
                                .set("update_rule", key.onUpdate().sql())
                                .set("delete_rule", key.onDelete().sql());
                if (referenced != null && index != null && index.constraint() != null) {
                    row.set("unique_constraint_catalog", database)
                            .set("unique_constraint_schema", referenced.schema())
                            .set("unique_constraint_name", index.constraint());
                }
            }
        }
    }

    private void constraintColumns(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                String name = IndexFamily.constraintName(index);
                if (name != null) {
                    for (ColumnDescriptor column : IndexFamily.columns(table, index)) {
                        columnOf(rows, table, column, name);
                    }
                }
            }
            for (CheckDescriptor check : table.checks()) {
                for (ColumnDescriptor column : IndexFamily.mentioned(table, check)) {
                    columnOf(rows, table, column, check.name());
                }
            }
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                TableDescriptor referenced = schema.table(key.referencedTable());
                if (referenced == null) {
                    continue;
                }
                for (int id : key.referencedColumnIds()) {
                    usedBy(rows, table, key.name())
                            .set("table_schema", referenced.schema())
                            .set("table_name", referenced.name())
                            .set(
                                    "column_name",
                                    referenced.columns().get(referenced.positionOf(id)).name());
                }
            }
        }
    }

    private RowSet.Row usedBy(RowSet rows, TableDescriptor table, String constraint) {
        return constraint(rows, table, constraint).set("table_catalog", database);
    }

    private RowSet.Row columnOf(
            RowSet rows, TableDescriptor table, ColumnDescriptor column, String constraint) {
        return constraint(rows, table, constraint)
                .set("table_catalog", database)
                .set("table_schema", table.schema())
                .set("table_name", table.name())
                .set("column_name", column.name());
    }

    private void constraintTables(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                String name = IndexFamily.constraintName(index);
                if (name != null) {
                    constraint(rows, table, name)
                            .set("table_catalog", database)
                            .set("table_schema", table.schema())
                            .set("table_name", table.name());
                }
            }
        }
    }

    private void utf8(RowSet rows) {
        rows.row()
                .set("character_set_name", "UTF8")
                .set("character_repertoire", "UCS")
                .set("form_of_use", "UTF8")
                .set("default_collate_catalog", database)
                .set("default_collate_schema", Schema.PG_CATALOG)
                .set("default_collate_name", "C");
    }
}
