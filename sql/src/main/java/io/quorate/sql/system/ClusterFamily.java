package io.quorate.sql.system;

import static io.quorate.sql.catalog.Schema.PG_CATALOG;

import io.quorate.sql.catalog.SystemView.Setting;
import io.quorate.sql.catalog.SystemView.SystemContext;

/// What stands above tables: schemas, the database, the role, tablespaces, languages, settings.
final class ClusterFamily {
    /// PostgreSQL's number of UTF8.
    private static final long UTF8 = 6;

    private final String database;
    private final String superuser;

    ClusterFamily(String database, String superuser) {
        this.database = database;
        this.superuser = superuser;
    }

    void register(Contents contents) {
        contents.ofSchema(PG_CATALOG, "pg_namespace", (schema, rows) -> namespaces(rows));
        contents.ofSchema(PG_CATALOG, "pg_database", (schema, rows) -> databases(rows));
        contents.ofSchema(PG_CATALOG, "pg_roles", (schema, rows) -> role(rows));
        contents.ofSchema(PG_CATALOG, "pg_authid", (schema, rows) -> role(rows));
        contents.ofSchema(PG_CATALOG, "pg_user", (schema, rows) -> user(rows));
        contents.ofSchema(PG_CATALOG, "pg_shadow", (schema, rows) -> user(rows));
        contents.ofSchema(PG_CATALOG, "pg_tablespace", (schema, rows) -> tablespaces(rows));
        contents.ofSchema(PG_CATALOG, "pg_language", (schema, rows) -> languages(rows));
        contents.ofSession(PG_CATALOG, "pg_settings", ClusterFamily::settings);
    }

    private static void namespaces(RowSet rows) {
        Oids.schemas()
                .forEach((name, oid) ->
                        rows.row()
                                .set("oid", oid)
                                .set("nspname", name)
                                .set("nspowner", Oids.SUPERUSER));
    }

    private void databases(RowSet rows) {
        rows.row()
                .set("oid", Oids.DATABASE)
                .set("datname", database)
                .set("datdba", Oids.SUPERUSER)
                .set("encoding", UTF8)
                .set("datlocprovider", "c")
                .set("datallowconn", true)
                .set("datconnlimit", -1)
                .set("dattablespace", Oids.DEFAULT_TABLESPACE)
                .set("datcollate", "C")
                .set("datctype", "C");
    }

    private void role(RowSet rows) {
        rows.row()
                .set("oid", Oids.SUPERUSER)
                .set("rolname", superuser)
                .set("rolsuper", true)
                .set("rolinherit", true)
                .set("rolcreaterole", true)
                .set("rolcreatedb", true)
                .set("rolcanlogin", true)
                .set("rolreplication", true)
                .set("rolconnlimit", -1)
                .set("rolbypassrls", true);
    }

    private void user(RowSet rows) {
        rows.row()
                .set("usename", superuser)
                .set("usesysid", Oids.SUPERUSER)
                .set("usecreatedb", true)
                .set("usesuper", true)
                .set("userepl", true)
                .set("usebypassrls", true);
    }

    private static void tablespaces(RowSet rows) {
        tablespace(rows, Oids.DEFAULT_TABLESPACE, "pg_default");
        tablespace(rows, 1664, "pg_global");
    }

    private static void tablespace(RowSet rows, long oid, String name) {
        rows.row().set("oid", oid).set("spcname", name).set("spcowner", Oids.SUPERUSER);
    }

    private static void languages(RowSet rows) {
        language(rows, Oids.INTERNAL_LANGUAGE, "internal", false);
        language(rows, 13, "c", false);
        language(rows, 14, "sql", true);
    }

    private static void language(RowSet rows, long oid, String name, boolean trusted) {
        rows.row()
                .set("oid", oid)
                .set("lanname", name)
                .set("lanowner", Oids.SUPERUSER)
                .set("lanpltrusted", trusted);
    }

    private static void settings(SystemContext context, RowSet rows) {
        for (Setting setting : context.settings().get()) {
            rows.row()
                    .set("name", setting.name())
                    .set("setting", setting.value())
                    .set("category", "Quorate")
                    .set("short_desc", setting.description())
                    .set("context", setting.changeable() ? "user" : "internal")
                    .set("vartype", "string")
                    .set("source", setting.isDefault() ? "default" : "session")
                    .set("boot_val", setting.defaultValue())
                    .set("reset_val", setting.startValue())
                    .set("pending_restart", false);
        }
    }
}
