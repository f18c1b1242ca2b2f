package io.quorate.sql.function;

import static io.quorate.sql.function.Args.arrayAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.sql.type.RowTypes;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypedDatum;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions that clients use to read the catalog: most are answered by the catalog itself.
final class CatalogCalls {
    private static final int NAME_BYTES_MAX = 63;
    private static final long UTF8_BYTES_MAX = 4;

    /// Answered by the catalog under their own names, less the types that tell some of them apart.
    private static final List<String> ANSWERED_BY_CATALOG =
            List.of(
                    "pg_table_is_visible",
                    "pg_type_is_visible",
                    "pg_function_is_visible",
                    "pg_operator_is_visible",
                    "pg_get_userbyid",
                    "pg_get_expr",
                    "pg_get_expr_ext",
                    "pg_get_indexdef",
                    "pg_get_indexdef_ext",
                    "pg_get_constraintdef",
                    "pg_get_constraintdef_ext",
                    "pg_get_viewdef",
                    "pg_get_viewdef_ext",
                    "pg_get_serial_sequence",
                    "pg_get_function_result",
                    "pg_get_function_arguments",
                    "pg_get_function_identity_arguments",
                    "pg_relation_size",
                    "pg_total_relation_size",
                    "pg_table_size",
                    "pg_indexes_size",
                    "obj_description(oid,name)",
                    "obj_description(oid)",
                    "col_description(oid,int4)",
                    "shobj_description(oid,name)",
                    "pg_collation_is_visible",
                    "pg_conversion_is_visible",
                    "pg_database_size_name",
                    "pg_database_size_oid",
                    "pg_get_function_sqlbody",
                    "pg_get_functiondef",
                    "pg_get_keywords",
                    "pg_get_partkeydef",
                    "pg_get_ruledef",
                    "pg_get_ruledef_ext",
                    "pg_get_statisticsobjdef_columns",
                    "pg_get_triggerdef",
                    "pg_get_triggerdef_ext",
                    "pg_opclass_is_visible",
                    "pg_opfamily_is_visible",
                    "pg_partition_ancestors",
                    "pg_relation_is_publishable",
                    "pg_statistics_obj_is_visible",
                    "pg_tablespace_location",
                    "pg_tablespace_size_name",
                    "pg_tablespace_size_oid",
                    "pg_ts_config_is_visible",
                    "pg_ts_dict_is_visible",
                    "pg_ts_parser_is_visible",
                    "pg_ts_template_is_visible",
                    "quorate_txn_status");

    private CatalogCalls() {}

    static void register(Registry registry) {
        for (String name : ANSWERED_BY_CATALOG) {
            int open = name.indexOf('(');
            String plain = open < 0 ? name : name.substring(0, open);
            registry.function(name, (c, a) -> c.catalog().describe(plain, a));
        }
        // There is one role and it may do everything.
        registry.function("has_privilege", (c, a) -> true);
        registry.function("pg_is_other_temp_schema", (c, a) -> false);
        registry.function("pg_encoding_max_length", (c, a) -> UTF8_BYTES_MAX);
        registry.function("nameconcatoid", (c, a) -> nameWithOid(textAt(a, 0), longAt(a, 1)));
        registry.function("oidvectortypes", (c, a) -> typeNames(c, arrayAt(a, 0)));
        registry.function("_pg_expandarray", (c, a) -> expanded(arrayAt(a, 0)));
    }

    /// The name gives way where both do not fit.
    private static String nameWithOid(String name, long oid) {
        String suffix = "_" + oid;
        int kept = Math.min(name.length(), NAME_BYTES_MAX - suffix.length());
        return name.substring(0, kept) + suffix;
    }

    private static String typeNames(CallContext context, SqlArray oids) {
        List<String> names = new ArrayList<>();
        for (Object oid : oids.toArray()) {
            SqlType type = oid instanceof Long number ? typeOf(context, number) : null;
            names.add(type == null ? "???" : type.format());
        }
        return String.join(", ", names);
    }

    private static @Nullable SqlType typeOf(CallContext context, long oid) {
        return context.catalog().typeByOid((int) oid);
    }

    /// Records of [RowTypes#EXPANDED_ELEMENT].
    private static Iterator<?> expanded(SqlArray array) {
        List<List<TypedDatum>> rows = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            rows.add(
                    List.of(
                            new TypedDatum(SqlType.INT2, array.get(i)),
                            new TypedDatum(SqlType.INT4, i + 1L)));
        }
        return rows.iterator();
    }
}
