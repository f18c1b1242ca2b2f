package io.quorate.sql.type;

import io.quorate.common.check.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which type goes to which, when, and how: `pg_cast` for the built-in types (the resource
/// `casts.tsv`), the conversions by way of text, and the fitting of values to type modifiers.
public final class Casts {
    /// A row of `pg_cast`.
    public record CastRow(SqlType source, SqlType target, CastContext context, char method) {}

    private record Pair(int source, int target) {}

    private static final Map<Pair, CastRow> ROWS = readRows();

    private Casts() {}

    /// The way to `target`, its modifier included, or null where the context allows none. From
    /// `unknown` there is a way to every type.
    public static @Nullable Coercion find(SqlType source, SqlType target, CastContext context) {
        Coercion change = findType(source, target, context);
        if (change == null) {
            return null;
        }
        boolean readWithModifier =
                source.kind() == TypeKind.UNKNOWN && target.kind() == TypeKind.INTERVAL;
        boolean fits = source.sameTypeAs(target) && source.typmod() == target.typmod();
        if (target.typmod() < 0 || fits || readWithModifier) {
            return change;
        }
        return new Coercions.ToTypmod(change, target, context == CastContext.EXPLICIT);
    }

    /// Whether [#find] has a way, disregarding modifiers (PostgreSQL's `can_coerce_type`). The
    /// polymorphic types and `any` take everything of their kind.
    public static boolean canCoerce(SqlType source, SqlType target, CastContext context) {
        if (target.kind() == TypeKind.PSEUDO) {
            return takesAny(target, source);
        }
        return findType(source, target, context) != null;
    }

    /// As [#canCoerce(SqlType, SqlType, CastContext)] for a whole list. Whether the polymorphic
    /// types of the list agree with each other is another question.
    public static boolean canCoerce(
            List<SqlType> sources, List<SqlType> targets, CastContext context) {
        for (int i = 0; i < sources.size(); i++) {
            if (!canCoerce(sources.get(i), targets.get(i), context)) {
                return false;
            }
        }
        return true;
    }

    /// Whether a value of `source` is as it stands one of `target` (PostgreSQL's
    /// `IsBinaryCoercible`).
    public static boolean isBinaryCoercible(SqlType source, SqlType target) {
        if (source.sameTypeAs(target)) {
            return true;
        }
        if (target.kind() == TypeKind.PSEUDO) {
            return source.kind() != TypeKind.UNKNOWN && takesAny(target, source);
        }
        CastRow row = ROWS.get(new Pair(source.oid(), target.oid()));
        return row != null && row.method() == 'b' && row.context() == CastContext.IMPLICIT;
    }

    /// Fits a value of the type to the type's modifier. Not explicit (an assignment): what does not
    /// fit is 22001 or 22003. Explicit: strings are cut.
    public static Object coerceToTypmod(SqlType type, Object value, boolean explicit) {
        if (type.typmod() < 0) {
            return value;
        }
        return switch (type.kind()) {
            case VARCHAR -> StringTypes.fitVarchar(type, (String) value, explicit);
            case BPCHAR -> StringTypes.fitBpchar(type, (String) value, explicit);
            case NUMERIC -> Coercions.fitNumeric(type, (Numeric) value);
            case TIME -> DateTimes.roundMicros((Long) value, type.typmod());
            case TIMESTAMP, TIMESTAMPTZ ->
                    DateTimes.isTimestampFinite((Long) value)
                            ? (Object)
                                    DateTimes.checkTimestamp(
                                            DateTimes.roundMicros((Long) value, type.typmod()))
                            : value;
            case INTERVAL -> IntervalText.fit((Interval) value, type.typmod());
            case ARRAY -> fitElements(type, (SqlArray) value, explicit);
            case BOOL, INT2, INT4, INT8, OID, FLOAT4, FLOAT8, TEXT, CHAR, NAME, UNKNOWN -> value;
            case BYTEA, DATE, UUID, VECTOR, RECORD, VOID, PSEUDO -> value;
        };
    }

    /// Every row of `pg_cast`.
    public static List<CastRow> all() {
        return List.copyOf(ROWS.values());
    }

    private static Object fitElements(SqlType type, SqlArray array, boolean explicit) {
        SqlType elementType = TypeText.elementOf(type);
        @Nullable Object[] elements = array.toArray();
        for (int i = 0; i < elements.length; i++) {
            Object element = elements[i];
            elements[i] = element == null ? null : coerceToTypmod(elementType, element, explicit);
        }
        return array.withElements(array.elementType(), elements);
    }

    private static boolean takesAny(SqlType pseudo, SqlType source) {
        if (source.kind() == TypeKind.UNKNOWN) {
            return true;
        }
        return switch (pseudo.name()) {
            case "anyarray", "anycompatiblearray" -> source.isArray();
            case "anynonarray", "anycompatiblenonarray" -> !source.isArray();
            default -> true;
        };
    }

    private static @Nullable Coercion findType(
            SqlType source, SqlType target, CastContext context) {
        if (source.sameTypeAs(target)) {
            return Coercions.IDENTITY;
        }
        if (target.kind() == TypeKind.PSEUDO) {
            return takesAny(target, source) ? Coercions.IDENTITY : null;
        }
        if (source.kind() == TypeKind.UNKNOWN) {
            return new Coercions.ByText(source, inputType(target));
        }
        CastRow row = ROWS.get(new Pair(source.oid(), target.oid()));
        if (row != null) {
            return row.context().compareTo(context) > 0 ? null : ofRow(row);
        }
        if (source.isArray() && target.kind() == TypeKind.ARRAY) {
            SqlType from = TypeText.elementOf(source).withTypmod(Typmods.NONE);
            SqlType to = TypeText.elementOf(target).withTypmod(Typmods.NONE);
            Coercion ofElement = findType(from, to, context);
            return ofElement == null ? null : new Coercions.OfElements(ofElement, to);
        }
        boolean toString = target.category() == TypeCategory.STRING;
        boolean fromString = source.category() == TypeCategory.STRING;
        if (toString && context != CastContext.IMPLICIT
                || fromString && context == CastContext.EXPLICIT) {
            return source.kind() == TypeKind.VOID
                    ? null
                    : new Coercions.ByText(source, inputType(target));
        }
        return null;
    }

    /// Input functions see no modifier (the step after them does), but that of intervals, which
    /// says what a bare number counts.
    private static SqlType inputType(SqlType target) {
        return target.kind() == TypeKind.INTERVAL ? target : target.withTypmod(Typmods.NONE);
    }

    private static Coercion ofRow(CastRow row) {
        if (row.method() == 'i') {
            return new Coercions.ByText(row.source(), row.target());
        }
        boolean sameClass = row.source().kind().isString() && row.method() == 'b';
        return sameClass ? Coercions.IDENTITY : Coercions.between(row.source(), row.target());
    }

    private static Map<Pair, CastRow> readRows() {
        Map<Pair, CastRow> rows = new LinkedHashMap<>();
        for (String line : readLines("casts.tsv")) {
            String[] fields = line.split("\t");
            SqlType source = Check.present(Types.byName(fields[0]), "casts.tsv knows its types");
            SqlType target = Check.present(Types.byName(fields[1]), "casts.tsv knows its types");
            CastContext context =
                    switch (fields[2]) {
                        case "i" -> CastContext.IMPLICIT;
                        case "a" -> CastContext.ASSIGNMENT;
                        default -> CastContext.EXPLICIT;
                    };
            CastRow row = new CastRow(source, target, context, fields[3].charAt(0));
            rows.put(new Pair(source.oid(), target.oid()), row);
        }
        return Collections.unmodifiableMap(rows);
    }

    /// The lines of a resource beside this class that are no comments.
    private static List<String> readLines(String resource) {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Casts.class.getResourceAsStream(resource)) {
            InputStream present = Check.present(in, "the jar holds its resources");
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(present, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    lines.add(line);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource, unreadable);
        }
        return lines;
    }
}
