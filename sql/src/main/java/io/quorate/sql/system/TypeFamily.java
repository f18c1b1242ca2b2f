package io.quorate.sql.system;

import io.quorate.sql.catalog.Schema;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import org.jspecify.annotations.Nullable;

/// pg_type and the collations that its rows refer to.
final class TypeFamily {
    private final TypeTable types;

    TypeFamily(TypeTable types) {
        this.types = types;
    }

    void register(Contents contents) {
        contents.ofSchema(Schema.PG_CATALOG, "pg_type", (schema, rows) -> types(rows));
        contents.ofSchema(Schema.PG_CATALOG, "pg_collation", (schema, rows) -> collations(rows));
    }

    private void types(RowSet rows) {
        for (SqlType type : Types.all()) {
            TypeTable.Entry entry = types.of(type);
            RowSet.Row row =
                    rows.row()
                            .set("oid", type.oid())
                            .set("typname", type.name())
                            .set("typnamespace", Oids.PG_CATALOG)
                            .set("typowner", Oids.SUPERUSER)
                            .set("typlen", type.lengthBytes())
                            .set("typbyval", entry.byValue())
                            .set("typtype", entry.type())
                            .set("typcategory", String.valueOf(type.category().code()))
                            .set("typispreferred", type.preferred())
                            .set("typisdefined", true)
                            .set("typdelim", ",")
                            .set("typelem", entry.element())
                            .set("typarray", type.arrayOid())
                            .set("typalign", entry.align())
                            .set("typstorage", entry.storage())
                            .set("typtypmod", -1)
                            .set("typcollation", entry.collation());
            setSupport(row, entry.support());
        }
    }

    private static void setSupport(RowSet.Row row, TypeTable.Support support) {
        row.set("typinput", support.input())
                .set("typoutput", support.output())
                .set("typreceive", support.receive())
                .set("typsend", support.send())
                .set("typmodin", support.modifierIn())
                .set("typmodout", support.modifierOut())
                .set("typsubscript", support.subscript())
                .set("typanalyze", support.analyze());
    }

    /// Strings are ordered by their bytes; all collations do the same.
    private static void collations(RowSet rows) {
        collation(rows, Oids.DEFAULT_COLLATION, "default", "d", null);
        collation(rows, Oids.C_COLLATION, "C", "c", "C");
        collation(rows, 951, "POSIX", "c", "POSIX");
    }

    private static void collation(
            RowSet rows, long oid, String name, String provider, @Nullable String locale) {
        rows.row()
                .set("oid", oid)
                .set("collname", name)
                .set("collnamespace", Oids.PG_CATALOG)
                .set("collowner", Oids.SUPERUSER)
                .set("collprovider", provider)
                .set("collisdeterministic", true)
                .set("collencoding", -1)
                .set("collcollate", locale)
                .set("collctype", locale);
    }
}
