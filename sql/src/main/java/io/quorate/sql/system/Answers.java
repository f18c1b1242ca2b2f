package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.CommentTarget;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.lex.Words;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.type.ObjectNames;
import io.quorate.sql.type.RowTypes;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypedDatum;
import io.quorate.sql.type.Types;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions over the catalog, by the name of their implementation (`pg_proc.prosrc`). None is
/// called with a null argument.
record Answers(CatalogNames names) {
    @Nullable Object call(String function, @Nullable Object[] arguments) {
        return switch (function) {
            case "pg_table_is_visible" -> isTableVisible(oid(arguments));
            case "pg_type_is_visible" -> Types.byOid((int) oid(arguments)) != null ? true : null;
            case "pg_function_is_visible" -> names.routines().exists(oid(arguments)) ? true : null;
            case "pg_operator_is_visible" ->
                    names.routines().operatorName(oid(arguments)) != null ? true : null;
            case "pg_collation_is_visible", "pg_opclass_is_visible", "pg_opfamily_is_visible" ->
                    true;
            case "pg_get_userbyid" -> userName(oid(arguments));
            case "pg_get_expr", "pg_get_expr_ext" -> definitions().expression(text(arguments, 0));
            case "pg_get_indexdef" -> definitions().index(oid(arguments), 0, false);
            case "pg_get_indexdef_ext" ->
                    definitions()
                            .index(
                                    oid(arguments),
                                    (int) number(arguments, 1),
                                    (Boolean) present(arguments, 2));
            case "pg_get_constraintdef" -> definitions().constraint(oid(arguments), false);
            case "pg_get_constraintdef_ext" ->
                    definitions().constraint(oid(arguments), (Boolean) present(arguments, 1));
            case "pg_get_viewdef", "pg_get_viewdef_ext" -> definitions().view(oid(arguments));
            case "obj_description" ->
                    comment(arguments.length == 1 ? null : text(arguments, 1), oid(arguments), 0);
            case "col_description" ->
                    comment("pg_class", oid(arguments), (int) number(arguments, 1));
            case "pg_get_serial_sequence" -> serialSequence(text(arguments, 0), text(arguments, 1));
            case "pg_get_function_result" -> names.routines().result(oid(arguments));
            case "pg_get_function_arguments", "pg_get_function_identity_arguments" ->
                    names.routines().arguments(oid(arguments));
            case "pg_relation_is_publishable" -> names.schema().table(oid(arguments)) != null;
            case "pg_partition_ancestors" -> Collections.emptyIterator();
            case "pg_tablespace_location" -> "";
            case "pg_get_keywords" -> Words.all().stream().map(Answers::keyword).iterator();
            default -> absent(function);
        };
    }

    /// What is asked of kinds of objects that there are none of, and what nobody has told us: the
    /// answer is null, as PostgreSQL's for an object that does not exist.
    private static @Nullable Object absent(String function) {
        return switch (function) {
            case "pg_get_ruledef",
                    "pg_get_ruledef_ext",
                    "pg_get_triggerdef",
                    "pg_get_triggerdef_ext",
                    "pg_get_partkeydef",
                    "pg_get_functiondef",
                    "pg_get_function_sqlbody",
                    "pg_get_statisticsobjdef_columns",
                    "pg_conversion_is_visible",
                    "pg_ts_config_is_visible",
                    "pg_ts_dict_is_visible",
                    "pg_ts_parser_is_visible",
                    "pg_ts_template_is_visible",
                    "pg_statistics_obj_is_visible" ->
                    null;
            case "shobj_description" -> null;
            case "pg_relation_size",
                    "pg_total_relation_size",
                    "pg_table_size",
                    "pg_indexes_size",
                    "pg_database_size_name",
                    "pg_database_size_oid",
                    "pg_tablespace_size_name",
                    "pg_tablespace_size_oid" ->
                    null;
            default ->
                    throw new QuorateException(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function " + function + " does not exist");
        };
    }

    /// A record of [RowTypes#KEYWORD].
    private static List<TypedDatum> keyword(Words.Word word) {
        String meaning =
                switch (word.category()) {
                    case 'U' -> "unreserved";
                    case 'C' -> "unreserved (cannot be function or type name)";
                    case 'T' -> "reserved (can be function or type name)";
                    default -> "reserved";
                };
        return List.of(
                new TypedDatum(SqlType.TEXT, word.text()),
                new TypedDatum(SqlType.CHAR, String.valueOf(word.category())),
                new TypedDatum(SqlType.BOOL, word.bareLabel()),
                new TypedDatum(SqlType.TEXT, meaning),
                new TypedDatum(
                        SqlType.TEXT, word.bareLabel() ? "can be bare label" : "requires AS"));
    }

    /// @param catalog the system catalog that lists the object; null for whichever
    private @Nullable String comment(@Nullable String catalog, long oid, int subId) {
        Map<CommentTarget, String> comments = names.schema().comments();
        String ofRelation =
                catalog == null || catalog.equals("pg_class")
                        ? comments.get(new CommentTarget(CommentTarget.RELATION, oid, subId))
                        : null;
        String ofConstraint =
                catalog == null || catalog.equals("pg_constraint")
                        ? comments.get(new CommentTarget(CommentTarget.CONSTRAINT, oid, subId))
                        : null;
        return ofRelation != null ? ofRelation : ofConstraint;
    }

    private @Nullable Boolean isTableVisible(long oid) {
        ObjectIndex.Named relation = names.objects().relation(oid);
        return relation == null ? null : names.objects().isVisible(relation, names.searchPath());
    }

    private String userName(long oid) {
        return oid == Oids.SUPERUSER ? names.superuser() : "unknown (OID=" + oid + ")";
    }

    /// The sequence that a column owns, with its schema.
    private @Nullable String serialSequence(String tableName, String columnName) {
        Long oid = names.oidOf(SqlType.REGCLASS, tableName);
        TableDescriptor table = oid == null ? null : names.schema().table(oid);
        if (table == null) {
            throw ObjectNames.undefined(SqlType.REGCLASS, tableName);
        }
        ColumnDescriptor column = table.column(columnName);
        if (column == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \""
                            + columnName
                            + "\" of relation \""
                            + table.name()
                            + "\" does not exist");
        }
        for (SequenceDescriptor sequence : names.schema().sequences()) {
            if (sequence.ownerTable() == table.oid() && sequence.ownerColumn() == column.id()) {
                return Identifiers.quote(List.of(sequence.schema(), sequence.name()));
            }
        }
        return null;
    }

    private Definitions definitions() {
        return new Definitions(names);
    }

    private static long oid(@Nullable Object[] arguments) {
        return number(arguments, 0);
    }

    private static long number(@Nullable Object[] arguments, int index) {
        return (Long) present(arguments, index);
    }

    private static String text(@Nullable Object[] arguments, int index) {
        return (String) present(arguments, index);
    }

    private static Object present(@Nullable Object[] arguments, int index) {
        return Check.present(arguments[index], "functions of the catalog are strict");
    }
}
