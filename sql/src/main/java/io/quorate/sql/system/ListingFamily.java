package io.quorate.sql.system;

import static io.quorate.sql.catalog.Schema.PG_CATALOG;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import java.util.List;

/// The views of pg_catalog that show by name what its tables hold by oid: pg_tables, pg_views,
/// pg_indexes, pg_sequences and the lists of statistics.
final class ListingFamily {
    private final List<Shape> systemRelations;
    private final RoutineNames routines;
    private final String superuser;

    ListingFamily(List<Shape> systemRelations, RoutineNames routines, String superuser) {
        this.systemRelations = List.copyOf(systemRelations);
        this.routines = routines;
        this.superuser = superuser;
    }

    void register(Contents contents) {
        contents.ofSchema(PG_CATALOG, "pg_tables", this::tables);
        contents.ofSchema(PG_CATALOG, "pg_views", this::views);
        contents.ofSchema(PG_CATALOG, "pg_indexes", this::indexes);
        contents.ofSchema(PG_CATALOG, "pg_sequences", this::sequences);
        for (String relation :
                List.of(
                        "pg_stat_user_tables",
                        "pg_stat_all_tables",
                        "pg_statio_user_tables",
                        "pg_statio_all_tables")) {
            contents.ofSchema(PG_CATALOG, relation, ListingFamily::tablesWithoutFigures);
        }
        for (String relation : List.of("pg_stat_user_indexes", "pg_stat_all_indexes")) {
            contents.ofSchema(PG_CATALOG, relation, ListingFamily::indexesWithoutFigures);
        }
    }

    private void tables(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            if (shape.table()) {
                table(rows, shape.schema(), shape.name()).set("hasindexes", false);
            }
        }
        for (TableDescriptor table : schema.tables()) {
            table(rows, table.schema(), table.name())
                    .set("hasindexes", !ClassFamily.visibleIndexes(table).isEmpty());
        }
    }

    private RowSet.Row table(RowSet rows, String schemaName, String name) {
        return rows.row()
                .set("schemaname", schemaName)
                .set("tablename", name)
                .set("tableowner", superuser)
                .set("hasrules", false)
                .set("hastriggers", false)
                .set("rowsecurity", false);
    }

    /// The system's own are computed, so that no definition can be shown.
    private void views(Schema schema, RowSet rows) {
        for (Shape shape : systemRelations) {
            if (!shape.table()) {
                rows.row()
                        .set("schemaname", shape.schema())
                        .set("viewname", shape.name())
                        .set("viewowner", superuser);
            }
        }
        for (ViewDescriptor view : schema.views()) {
            rows.row()
                    .set("schemaname", view.schema())
                    .set("viewname", view.name())
                    .set("viewowner", superuser)
                    .set("definition", Definitions.view(view));
        }
    }

    private void indexes(Schema schema, RowSet rows) {
        CatalogNames names =
                new CatalogNames(new ObjectIndex(schema), routines, superuser, List.of());
        Definitions definitions = new Definitions(names);
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                rows.row()
                        .set("schemaname", table.schema())
                        .set("tablename", table.name())
                        .set("indexname", index.name())
                        .set(
                                "indexdef",
                                Check.present(
                                        definitions.index(index.oid(), 0, false),
                                        "the index is one of this schema"));
            }
        }
    }

    /// The last value is a row of its own, which the schema does not know.
    private void sequences(Schema schema, RowSet rows) {
        for (SequenceDescriptor sequence : schema.sequences()) {
            rows.row()
                    .set("schemaname", sequence.schema())
                    .set("sequencename", sequence.name())
                    .set("sequenceowner", superuser)
                    .set("data_type", sequence.type().oid())
                    .set("start_value", sequence.start())
                    .set("min_value", sequence.minimum())
                    .set("max_value", sequence.maximum())
                    .set("increment_by", sequence.increment())
                    .set("cycle", sequence.cycles())
                    .set("cache_size", 1);
        }
    }

    /// Nothing is counted per table: the figures are null.
    private static void tablesWithoutFigures(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            rows.row()
                    .set("relid", table.oid())
                    .set("schemaname", table.schema())
                    .set("relname", table.name());
        }
    }

    private static void indexesWithoutFigures(Schema schema, RowSet rows) {
        for (TableDescriptor table : schema.tables()) {
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                rows.row()
                        .set("relid", table.oid())
                        .set("indexrelid", index.oid())
                        .set("schemaname", table.schema())
                        .set("relname", table.name())
                        .set("indexrelname", index.name());
            }
        }
    }
}
