package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The text form of values, to the character as PostgreSQL's input and output functions have it.
public final class TypeText {
    private TypeText() {}

    public static String encode(SqlType type, Object value, SessionFormat format) {
        return switch (type.kind()) {
            case BOOL -> (Boolean) value ? "t" : "f";
            case INT2, INT4, INT8, NUMERIC, UUID -> value.toString();
            case OID -> encodeOid(type, (Long) value, format);
            case FLOAT4 -> FloatText.format((Float) value, format.extraFloatDigits());
            case FLOAT8 -> FloatText.format((Double) value, format.extraFloatDigits());
            case TEXT, VARCHAR, BPCHAR, CHAR, NAME, UNKNOWN, VOID -> (String) value;
            case BYTEA -> ByteaText.format((ByteSlice) value, format.byteaHex());
            case DATE -> DateTimeText.formatDate((Long) value);
            case TIME -> DateTimeText.formatTime((Long) value);
            case TIMESTAMP -> DateTimeText.formatTimestamp((Long) value);
            case TIMESTAMPTZ -> DateTimeText.formatTimestamptz((Long) value, format.zone());
            case INTERVAL -> IntervalText.format((Interval) value);
            case ARRAY -> ArrayText.format((SqlArray) value, format);
            case VECTOR -> encodeVector((SqlArray) value, format);
            case RECORD -> encodeRecord((List<?>) value, format);
            case PSEUDO -> throw noForm(type, "display");
        };
    }

    /// Reads a value and fits it to the type's modifier as PostgreSQL's input functions do (a
    /// string too long for `varchar(n)` is 22001).
    public static Object decode(SqlType type, String text, SessionFormat format) {
        Object value =
                switch (type.kind()) {
                    case BOOL -> decodeBool(text);
                    case INT2, INT4, INT8 -> NumberText.parseInteger(type, text);
                    case OID -> decodeOid(type, text, format);
                    case FLOAT4 -> NumberText.parseFloat4(text);
                    case FLOAT8 -> NumberText.parseFloat8(text);
                    case NUMERIC -> NumberText.parseNumeric(text);
                    case TEXT, VARCHAR, BPCHAR, UNKNOWN -> text;
                    case VOID -> "";
                    case CHAR -> StringTypes.fitChar(text);
                    case NAME -> StringTypes.fitName(text);
                    case BYTEA -> ByteaText.parse(text);
                    case DATE -> new DateTimeParser(type, text, format).parseDate();
                    case TIME -> new DateTimeParser(type, text, format).parseTime();
                    case TIMESTAMP, TIMESTAMPTZ ->
                            new DateTimeParser(type, text, format).parseTimestamp();
                    case INTERVAL -> IntervalText.parse(text, type.typmod());
                    case UUID -> decodeUuid(text);
                    case ARRAY -> ArrayText.parse(text, elementOf(type), format);
                    case VECTOR -> decodeVector(type, text, format);
                    case RECORD ->
                            throw TypeErrors.unsupported(
                                    "input of anonymous composite types is not implemented");
                    case PSEUDO -> throw noForm(type, "accept");
                };
        return type.typmod() < 0 ? value : Casts.coerceToTypmod(type, value, false);
    }

    private static String encodeOid(SqlType type, long oid, SessionFormat format) {
        if (!isReg(type)) {
            return Long.toString(oid);
        }
        if (oid == 0) {
            return "-";
        }
        String name = format.names().nameOf(type, oid);
        return name == null ? Long.toString(oid) : name;
    }

    private static long decodeOid(SqlType type, String text, SessionFormat format) {
        if (!isReg(type)) {
            return NumberText.parseOid(text);
        }
        if (text.equals("-")) {
            return 0;
        }
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return NumberText.parseOid(text);
        }
        Long oid = format.names().oidOf(type, text);
        if (oid == null) {
            throw ObjectNames.undefined(type, text);
        }
        return oid;
    }

    private static boolean isReg(SqlType type) {
        return type.name().startsWith("reg");
    }

    /// `tr`, `YES`, ` on `: every beginning that is not ambiguous.
    private static boolean decodeBool(String text) {
        String word = NumberText.stripBlanks(text).toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            if ("true".startsWith(word) || "yes".startsWith(word)) {
                return true;
            }
            if ("false".startsWith(word) || "no".startsWith(word)) {
                return false;
            }
            if (word.equals("on") || word.equals("1")) {
                return true;
            }
            if (word.equals("of") || word.equals("off") || word.equals("0")) {
                return false;
            }
        }
        throw TypeErrors.invalidSyntax(SqlType.BOOL, text);
    }

    /// 32 hexadecimal digits, in braces or not, with a hyphen after any group of four.
    private static UUID decodeUuid(String text) {
        String body = text;
        if (body.startsWith("{")) {
            if (!body.endsWith("}")) {
                throw TypeErrors.invalidSyntax(SqlType.UUID, text);
            }
            body = body.substring(1, body.length() - 1);
        }
        long[] halves = new long[2];
        int digits = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '-'
                    && digits % 4 == 0
                    && digits > 0
                    && digits < 32
                    && body.charAt(i - 1) != '-') {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0 || digits == 32) {
                throw TypeErrors.invalidSyntax(SqlType.UUID, text);
            }
            halves[digits / 16] = halves[digits / 16] << 4 | digit;
            digits++;
        }
        if (digits != 32) {
            throw TypeErrors.invalidSyntax(SqlType.UUID, text);
        }
        return new UUID(halves[0], halves[1]);
    }

    static SqlType elementOf(SqlType arrayType) {
        SqlType element = arrayType.elementWithTypmod();
        if (element == null) {
            throw noForm(arrayType, "accept");
        }
        return element;
    }

    private static String encodeVector(SqlArray array, SessionFormat format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < array.size(); i++) {
            Object element = array.get(i);
            out.append(i > 0 ? " " : "");
            out.append(element == null ? "" : encode(array.elementType(), element, format));
        }
        return out.toString();
    }

    private static SqlArray decodeVector(SqlType type, String text, SessionFormat format) {
        SqlType elementType = elementOf(type);
        List<@Nullable Object> elements = new ArrayList<>();
        for (String element : text.strip().split("\\s+")) {
            if (!element.isEmpty()) {
                elements.add(decode(elementType, element, format));
            }
        }
        return SqlArray.vector(elementType, elements.toArray());
    }

    private static String encodeRecord(List<?> fields, SessionFormat format) {
        StringBuilder out = new StringBuilder("(");
        for (int i = 0; i < fields.size(); i++) {
            TypedDatum field = (TypedDatum) fields.get(i);
            out.append(i > 0 ? "," : "");
            if (field.value() != null) {
                appendField(out, encode(field.type(), field.value(), format));
            }
        }
        return out.append(')').toString();
    }

    private static void appendField(StringBuilder out, String field) {
        boolean quote = field.isEmpty();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            quote |= "\"\\(),".indexOf(c) >= 0 || NumberText.isBlank(c);
        }
        if (!quote) {
            out.append(field);
            return;
        }
        out.append('"');
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            out.append(c == '"' || c == '\\' ? Character.toString(c) : "").append(c);
        }
        out.append('"');
    }

    private static RuntimeException noForm(SqlType type, String verb) {
        return TypeErrors.unsupported("cannot " + verb + " a value of type " + type.format());
    }
}
