package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Type names as SQL spells them, in both directions.
public final class TypeNames {
    private static final int PRECISION_MAX = 6;

    /// SQL's spellings that differ from `pg_type.typname`.
    private static final Map<String, SqlType> ALIASES =
            Map.ofEntries(
                    Map.entry("boolean", SqlType.BOOL),
                    Map.entry("smallint", SqlType.INT2),
                    Map.entry("int", SqlType.INT4),
                    Map.entry("integer", SqlType.INT4),
                    Map.entry("bigint", SqlType.INT8),
                    Map.entry("real", SqlType.FLOAT4),
                    Map.entry("double precision", SqlType.FLOAT8),
                    Map.entry("decimal", SqlType.NUMERIC),
                    Map.entry("dec", SqlType.NUMERIC),
                    Map.entry("character varying", SqlType.VARCHAR),
                    Map.entry("char varying", SqlType.VARCHAR),
                    Map.entry("national character varying", SqlType.VARCHAR),
                    Map.entry("time without time zone", SqlType.TIME),
                    Map.entry("timestamp without time zone", SqlType.TIMESTAMP),
                    Map.entry("timestamp with time zone", SqlType.TIMESTAMPTZ));

    private TypeNames() {}

    /// The type of a name as SQL writes it: lower case, words parted by one blank, without schema,
    /// brackets or modifiers, such as `int4`, `character varying`, `timestamp with time zone`. Null
    /// where there is no such type.
    ///
    /// @param modifiers the numbers in parentheses; 22023 where they do not fit the type
    public static @Nullable SqlType resolve(String name, List<Integer> modifiers) {
        switch (name) {
            case "float" -> {
                return floatOf(modifiers);
            }
            case "character", "char", "nchar", "national character" -> {
                // Without a length it is char(1); the bare catalog name bpchar has no length.
                return SqlType.bpchar(modifiers.isEmpty() ? 1 : characterLength("char", modifiers));
            }
            default -> {
                SqlType type = ALIASES.get(name);
                if (type == null) {
                    type = Types.byName(name);
                }
                return type == null ? null : withModifiers(type, modifiers);
            }
        }
    }

    /// A whole type name such as `pg_catalog.int4`, `numeric(10,2)[]`, `"char"` or `timestamp(3)
    /// with time zone`, as `regtype` reads it. Null where there is no such type.
    public static @Nullable SqlType parse(String text) {
        String rest = text.strip();
        boolean array = false;
        while (rest.endsWith("]")) {
            int open = rest.lastIndexOf('[');
            if (open < 0) {
                return null;
            }
            rest = rest.substring(0, open).strip();
            array = true;
        }
        List<Integer> modifiers = new ArrayList<>();
        int open = rest.indexOf('(');
        int close = rest.indexOf(')');
        if (open > 0 && close > open) {
            for (String modifier : rest.substring(open + 1, close).split(",")) {
                try {
                    modifiers.add(Integer.parseInt(modifier.strip()));
                } catch (NumberFormatException notANumber) {
                    return null;
                }
            }
            rest = rest.substring(0, open) + " " + rest.substring(close + 1);
        }
        SqlType type = scalar(rest, modifiers);
        return type == null || !array ? type : SqlType.arrayOf(type);
    }

    private static @Nullable SqlType scalar(String text, List<Integer> modifiers) {
        String name = text.strip();
        if (name.startsWith("\"") && name.endsWith("\"") && name.length() > 2) {
            SqlType type = Types.byName(name.substring(1, name.length() - 1));
            return type == null ? null : withModifiers(type, modifiers);
        }
        name = name.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
        if (name.startsWith("pg_catalog.")) {
            return scalar(name.substring("pg_catalog.".length()), modifiers);
        }
        return resolve(name, modifiers);
    }

    /// As `format_type` spells it.
    public static String format(SqlType type) {
        SqlType element = type.element();
        if (type.kind() == TypeKind.ARRAY && element != null) {
            return format(element.withTypmod(type.typmod())) + "[]";
        }
        int typmod = type.typmod();
        return switch (type.kind()) {
            case BOOL -> "boolean";
            case INT2 -> "smallint";
            case INT4 -> "integer";
            case INT8 -> "bigint";
            case FLOAT4 -> "real";
            case FLOAT8 -> "double precision";
            case NUMERIC ->
                    typmod < 0
                            ? "numeric"
                            : "numeric("
                                    + Typmods.numericPrecision(typmod)
                                    + ","
                                    + Typmods.numericScale(typmod)
                                    + ")";
            case VARCHAR -> "character varying" + lengthSuffix(typmod);
            // Without a length the SQL name would mean char(1).
            case BPCHAR -> typmod < 0 ? "bpchar" : "character" + lengthSuffix(typmod);
            case CHAR -> "\"char\"";
            case TIME -> "time" + precisionSuffix(typmod) + " without time zone";
            case TIMESTAMP -> "timestamp" + precisionSuffix(typmod) + " without time zone";
            case TIMESTAMPTZ -> "timestamp" + precisionSuffix(typmod) + " with time zone";
            case INTERVAL ->
                    typmod < 0 || (typmod & 0xffff) == 0xffff
                            ? "interval"
                            : "interval(" + Typmods.intervalPrecision(typmod) + ")";
            case PSEUDO -> type.oid() == SqlType.ANY.oid() ? "\"any\"" : type.name();
            case OID, TEXT, NAME, UNKNOWN, BYTEA, DATE, UUID, ARRAY, VECTOR, RECORD, VOID ->
                    type.name();
        };
    }

    private static String lengthSuffix(int typmod) {
        return typmod < 0 ? "" : "(" + Typmods.length(typmod) + ")";
    }

    private static String precisionSuffix(int typmod) {
        return typmod < 0 ? "" : "(" + typmod + ")";
    }

    private static SqlType floatOf(List<Integer> modifiers) {
        if (modifiers.isEmpty()) {
            return SqlType.FLOAT8;
        }
        int bits = modifiers.getFirst();
        if (bits < 1) {
            throw invalid("precision for type float must be at least 1 bit");
        }
        if (bits > 53) {
            throw invalid("precision for type float must be less than 54 bits");
        }
        return bits <= 24 ? SqlType.FLOAT4 : SqlType.FLOAT8;
    }

    private static SqlType withModifiers(SqlType type, List<Integer> modifiers) {
        if (modifiers.isEmpty()) {
            return type;
        }
        return switch (type.kind()) {
            case VARCHAR -> SqlType.varchar(characterLength("varchar", modifiers));
            case BPCHAR -> SqlType.bpchar(characterLength("char", modifiers));
            case NUMERIC -> numericOf(modifiers);
            case TIME, TIMESTAMP, TIMESTAMPTZ -> type.withTypmod(secondsPrecision(type, modifiers));
            case INTERVAL -> type.withTypmod(Typmods.ofInterval(secondsPrecision(type, modifiers)));
            case BOOL, INT2, INT4, INT8, OID, FLOAT4, FLOAT8, TEXT, CHAR, NAME, UNKNOWN ->
                    throw noModifier(type);
            case BYTEA, DATE, UUID, ARRAY, VECTOR, RECORD, VOID, PSEUDO -> throw noModifier(type);
        };
    }

    private static int characterLength(String name, List<Integer> modifiers) {
        if (modifiers.size() != 1) {
            throw invalid("invalid type modifier");
        }
        int length = modifiers.getFirst();
        if (length < 1) {
            throw invalid("length for type " + name + " must be at least 1");
        }
        if (length > Typmods.LENGTH_MAX) {
            throw invalid("length for type " + name + " cannot exceed " + Typmods.LENGTH_MAX);
        }
        return length;
    }

    private static SqlType numericOf(List<Integer> modifiers) {
        if (modifiers.size() > 2) {
            throw invalid("invalid NUMERIC type modifier");
        }
        int precision = modifiers.getFirst();
        if (precision < 1 || precision > Typmods.NUMERIC_PRECISION_MAX) {
            throw invalid("NUMERIC precision " + precision + " must be between 1 and 1000");
        }
        int scale = modifiers.size() == 2 ? modifiers.get(1) : 0;
        if (scale < Typmods.NUMERIC_SCALE_MIN || scale > Typmods.NUMERIC_SCALE_MAX) {
            throw invalid("NUMERIC scale " + scale + " must be between -1000 and 1000");
        }
        return SqlType.numeric(precision, scale);
    }

    /// More than 6 digits are taken as 6 (PostgreSQL adds a warning).
    private static int secondsPrecision(SqlType type, List<Integer> modifiers) {
        if (modifiers.size() != 1) {
            throw invalid("invalid type modifier");
        }
        int precision = modifiers.getFirst();
        if (precision < 0) {
            throw invalid(
                    type.name().toUpperCase(Locale.ROOT)
                            + "("
                            + precision
                            + ") precision must not be negative");
        }
        return Math.min(precision, PRECISION_MAX);
    }

    private static QuorateException noModifier(SqlType type) {
        return new QuorateException(
                ErrorCode.SYNTAX_ERROR,
                "type modifier is not allowed for type \"" + type.name() + "\"");
    }

    private static QuorateException invalid(String message) {
        return new QuorateException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
}
