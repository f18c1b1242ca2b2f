package io.quorate.sql.system;

import static io.quorate.sql.catalog.Schema.PG_CATALOG;

import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;

/// pg_sequence, and pg_depend: which column owns a sequence, which constraint an index.
final class SequenceFamily {
    /// How a dependency binds: `a` goes away with the other, `i` is a part of it.
    private static final String AUTOMATIC = "a";

    private static final String INTERNAL = "i";

    private SequenceFamily() {}

    static void register(Contents contents) {
        contents.ofSchema(PG_CATALOG, "pg_sequence", SequenceFamily::sequences);
        contents.ofSchema(PG_CATALOG, "pg_depend", SequenceFamily::dependencies);
    }

    private static void sequences(Schema schema, RowSet rows) {
        for (SequenceDescriptor sequence : schema.sequences()) {
            rows.row()
                    .set("seqrelid", sequence.oid())
                    .set("seqtypid", sequence.type().oid())
                    .set("seqstart", sequence.start())
                    .set("seqincrement", sequence.increment())
                    .set("seqmax", sequence.maximum())
                    .set("seqmin", sequence.minimum())
                    .set("seqcache", 1)
                    .set("seqcycle", sequence.cycles());
        }
    }

    private static void dependencies(Schema schema, RowSet rows) {
        for (SequenceDescriptor sequence : schema.sequences()) {
            TableDescriptor owner = schema.table(sequence.ownerTable());
            if (owner != null) {
                dependency(rows, Oids.PG_CLASS, sequence.oid(), ownership(owner, sequence))
                        .set("refclassid", Oids.PG_CLASS)
                        .set("refobjid", owner.oid())
                        .set("refobjsubid", sequence.ownerColumn());
            }
        }
        for (TableDescriptor table : schema.tables()) {
            dependencies(table, rows);
        }
    }

    private static String ownership(TableDescriptor owner, SequenceDescriptor sequence) {
        int position = owner.positionOf(sequence.ownerColumn());
        return position >= 0 && owner.columns().get(position).identity() != Identity.NONE
                ? INTERNAL
                : AUTOMATIC;
    }

    private static void dependencies(TableDescriptor table, RowSet rows) {
        for (ColumnDescriptor column : table.columns()) {
            if (ClassFamily.hasDefault(column)) {
                long oid = Oids.columnDefault(table.oid(), column.id());
                dependency(rows, Oids.PG_ATTRDEF, oid, AUTOMATIC)
                        .set("refclassid", Oids.PG_CLASS)
                        .set("refobjid", table.oid())
                        .set("refobjsubid", column.id());
            }
        }
        for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
            boolean constraint = IndexFamily.constraintName(index) != null;
            long dependent = constraint ? Oids.PG_CONSTRAINT : Oids.PG_CLASS;
            for (ColumnDescriptor column : IndexFamily.columns(table, index)) {
                dependency(rows, dependent, index.oid(), AUTOMATIC)
                        .set("refclassid", Oids.PG_CLASS)
                        .set("refobjid", table.oid())
                        .set("refobjsubid", column.id());
            }
            if (constraint) {
                dependency(rows, Oids.PG_CLASS, index.oid(), INTERNAL)
                        .set("refclassid", Oids.PG_CONSTRAINT)
                        .set("refobjid", index.oid());
            }
        }
    }

    private static RowSet.Row dependency(RowSet rows, long catalog, long oid, String how) {
        return rows.row().set("classid", catalog).set("objid", oid).set("deptype", how);
    }
}
