package io.quorate.sql.function;

import static io.quorate.sql.function.Args.arrayAt;
import static io.quorate.sql.function.Args.intAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.Datums;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays: shape, joining, searching, text.
final class ArrayFunctions {
    private ArrayFunctions() {}

    static void register(Registry registry) {
        shape(registry);
        joining(registry);
        searching(registry);
        texts(registry);
    }

    private static void shape(Registry registry) {
        registry.function(
                "array_ndims",
                (c, a) ->
                        arrayAt(a, 0).size() == 0
                                ? null
                                : (Object) (long) arrayAt(a, 0).dimensions());
        registry.function(
                "array_length",
                (c, a) ->
                        hasDimension(a)
                                ? (Object) (long) arrayAt(a, 0).length(intAt(a, 1) - 1)
                                : null);
        registry.function(
                "array_lower",
                (c, a) ->
                        hasDimension(a)
                                ? (Object) (long) arrayAt(a, 0).lowerBound(intAt(a, 1) - 1)
                                : null);
        registry.function(
                "array_upper",
                (c, a) -> {
                    if (!hasDimension(a)) {
                        return null;
                    }
                    SqlArray array = arrayAt(a, 0);
                    int dimension = intAt(a, 1) - 1;
                    return (long) array.lowerBound(dimension) + array.length(dimension) - 1;
                });
        registry.function("array_cardinality", (c, a) -> (long) arrayAt(a, 0).size());
        registry.function(
                "array_dims",
                (c, a) -> {
                    SqlArray array = arrayAt(a, 0);
                    StringBuilder dims = new StringBuilder();
                    for (int i = 0; i < array.dimensions(); i++) {
                        int low = array.lowerBound(i);
                        dims.append('[').append(low).append(':');
                        dims.append(low + array.length(i) - 1).append(']');
                    }
                    return dims.isEmpty() ? null : dims.toString();
                });
        registry.function(
                "trim_array",
                (c, a) -> {
                    SqlArray array = arrayAt(a, 0);
                    int length = array.dimensions() == 0 ? 0 : array.length(0);
                    int cut = intAt(a, 1);
                    if (cut < 0 || cut > length) {
                        throw new QuorateException(
                                ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                                "number of elements to trim must be between 0 and " + length);
                    }
                    int kept = length == 0 ? 0 : array.size() / length * (length - cut);
                    requireOneDimension(array);
                    return SqlArray.of(array.elementType(), Arrays.copyOf(array.toArray(), kept));
                });
    }

    private static boolean hasDimension(@Nullable Object[] a) {
        long dimension = longAt(a, 1);
        return dimension >= 1 && dimension <= arrayAt(a, 0).dimensions();
    }

    private static void joining(Registry registry) {
        registry.binding(
                "array_append",
                signature -> {
                    SqlType element = elementOf(signature.resultType());
                    return (c, a) -> add(element, (SqlArray) a[0], a[1], false);
                });
        registry.binding(
                "array_prepend",
                signature -> {
                    SqlType element = elementOf(signature.resultType());
                    return (c, a) -> add(element, (SqlArray) a[1], a[0], true);
                });
        registry.function("array_cat", (c, a) -> join((SqlArray) a[0], (SqlArray) a[1]));
        registry.binding(
                "array_fill",
                signature ->
                        (c, a) -> {
                            SqlArray sizes = (SqlArray) a[1];
                            if (sizes == null) {
                                throw new QuorateException(
                                        ErrorCode.NULL_VALUE_NOT_ALLOWED,
                                        "dimension array or low bound array cannot be null");
                            }
                            return fill(signature.argumentTypes().getFirst(), a[0], sizes);
                        });
    }

    private static SqlType elementOf(SqlType arrayType) {
        return Check.present(arrayType.element(), "an array type has elements");
    }

    private static SqlArray add(
            SqlType type, @Nullable SqlArray array, @Nullable Object value, boolean before) {
        if (array == null || array.size() == 0) {
            return SqlArray.of(type, new @Nullable Object[] {value});
        }
        if (array.dimensions() != 1) {
            throw new QuorateException(
                    ErrorCode.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
        }
        @Nullable Object[] elements = new Object[array.size() + 1];
        System.arraycopy(array.toArray(), 0, elements, before ? 1 : 0, array.size());
        elements[before ? 0 : array.size()] = value;
        // The lower bound stays where it was.
        return array.ofLength(elements);
    }

    private static @Nullable SqlArray join(@Nullable SqlArray left, @Nullable SqlArray right) {
        if (left == null || left.size() == 0) {
            return right == null ? left : right;
        }
        if (right == null || right.size() == 0) {
            return left;
        }
        return left.concat(right);
    }

    private static SqlArray fill(SqlType type, @Nullable Object value, SqlArray sizes) {
        int[] lengths = new int[sizes.size()];
        int[] lows = new int[sizes.size()];
        long total = lengths.length == 0 ? 0 : 1;
        for (int i = 0; i < lengths.length; i++) {
            Object size = sizes.get(i);
            if (size == null) {
                throw new QuorateException(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED, "dimension values cannot be null");
            }
            lengths[i] = ((Long) size).intValue();
            lows[i] = 1;
            total *= lengths[i];
        }
        if (total <= 0) {
            return SqlArray.empty(type);
        }
        if (total > 1 << 27) {
            throw new QuorateException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "array size exceeds the maximum allowed (134217727)");
        }
        @Nullable Object[] elements = new Object[(int) total];
        Arrays.fill(elements, value);
        return new SqlArray(type, lengths, lows, elements);
    }

    private static void searching(Registry registry) {
        registry.function("arraycontains", (c, a) -> contains(arrayAt(a, 0), arrayAt(a, 1)));
        registry.function("arraycontained", (c, a) -> contains(arrayAt(a, 1), arrayAt(a, 0)));
        registry.function("arrayoverlap", (c, a) -> overlaps(arrayAt(a, 0), arrayAt(a, 1)));
        registry.function(
                "array_position", (c, a) -> a[0] == null ? null : position(arrayAt(a, 0), a[1], 0));
        registry.function(
                "array_positions",
                (c, a) -> {
                    if (a[0] == null) {
                        return null;
                    }
                    List<@Nullable Object> found = new ArrayList<>();
                    SqlArray array = arrayAt(a, 0);
                    for (Long at = position(array, a[1], 0); at != null; ) {
                        found.add(at);
                        at = position(array, a[1], (int) (at - array.lowerBound(0)) + 1);
                    }
                    return SqlArray.of(SqlType.INT4, found);
                });
        registry.function(
                "array_remove", (c, a) -> a[0] == null ? null : remove(arrayAt(a, 0), a[1]));
        registry.function(
                "array_replace",
                (c, a) -> a[0] == null ? null : replace(arrayAt(a, 0), a[1], a[2]));
    }

    /// A null element is contained in nothing.
    private static boolean contains(SqlArray whole, SqlArray part) {
        for (int i = 0; i < part.size(); i++) {
            Object element = part.get(i);
            if (element == null || indexOf(whole, element, 0) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean overlaps(SqlArray left, SqlArray right) {
        for (int i = 0; i < right.size(); i++) {
            Object element = right.get(i);
            if (element != null && indexOf(left, element, 0) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// Null is found among nulls here.
    private static int indexOf(SqlArray array, @Nullable Object value, int from) {
        for (int i = from; i < array.size(); i++) {
            if (same(array.elementType(), array.get(i), value)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(SqlType type, @Nullable Object left, @Nullable Object right) {
        return left == null || right == null
                ? left == null && right == null
                : Datums.equal(type, left, right);
    }

    private static @Nullable Long position(SqlArray array, @Nullable Object value, int from) {
        if (array.size() == 0) {
            return null;
        }
        requireOneDimension(array);
        int index = indexOf(array, value, from);
        return index < 0 ? null : (Long) ((long) index + array.lowerBound(0));
    }

    private static void requireOneDimension(SqlArray array) {
        if (array.dimensions() > 1) {
            throw Mistakes.unsupported(
                    "searching for elements in multidimensional arrays is not supported");
        }
    }

    private static SqlArray remove(SqlArray array, @Nullable Object value) {
        if (array.dimensions() > 1) {
            throw Mistakes.unsupported(
                    "removing elements from multidimensional arrays is not supported");
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (!same(array.elementType(), array.get(i), value)) {
                kept.add(array.get(i));
            }
        }
        return kept.isEmpty()
                ? SqlArray.empty(array.elementType())
                : array.ofLength(kept.toArray());
    }

    private static SqlArray replace(
            SqlArray array, @Nullable Object old, @Nullable Object replacement) {
        @Nullable Object[] elements = array.toArray();
        for (int i = 0; i < elements.length; i++) {
            if (same(array.elementType(), elements[i], old)) {
                elements[i] = replacement;
            }
        }
        return array.withElements(array.elementType(), elements);
    }

    private static void texts(Registry registry) {
        registry.function("array_to_text", (c, a) -> toText(c, arrayAt(a, 0), textAt(a, 1), null));
        registry.function(
                "array_to_text_null",
                (c, a) ->
                        a[0] == null || a[1] == null
                                ? null
                                : toText(c, arrayAt(a, 0), textAt(a, 1), (String) a[2]));
        registry.function(
                "text_to_array", (c, a) -> a[0] == null ? null : split(textAt(a, 0), a[1], null));
        registry.function(
                "text_to_array_null",
                (c, a) -> a[0] == null ? null : split(textAt(a, 0), a[1], (String) a[2]));
    }

    /// Nulls are left out unless there is a text for them.
    private static String toText(
            CallContext context, SqlArray array, String delimiter, @Nullable String ofNull) {
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (int i = 0; i < array.size(); i++) {
            Object element = array.get(i);
            if (element == null && ofNull == null) {
                continue;
            }
            out.append(any ? delimiter : "");
            out.append(
                    element == null
                            ? ofNull
                            : TypeText.encode(array.elementType(), element, context.format()));
            any = true;
        }
        return out.toString();
    }

    /// A null delimiter parts every character, an empty one nothing.
    static SqlArray split(String text, @Nullable Object delimiter, @Nullable String asNull) {
        List<@Nullable Object> parts = new ArrayList<>();
        if (delimiter == null) {
            text.codePoints().forEach(c -> parts.add(Character.toString(c)));
        } else if (!text.isEmpty()) {
            String between = (String) delimiter;
            int start = 0;
            for (int end = indexOf(text, between, 0); end >= 0; ) {
                parts.add(text.substring(start, end));
                start = end + between.length();
                end = indexOf(text, between, start);
            }
            parts.add(text.substring(start));
        }
        if (asNull != null) {
            parts.replaceAll(part -> asNull.equals(part) ? null : part);
        }
        return SqlArray.of(SqlType.TEXT, parts);
    }

    private static int indexOf(String text, String part, int from) {
        return part.isEmpty() ? -1 : text.indexOf(part, from);
    }
}
