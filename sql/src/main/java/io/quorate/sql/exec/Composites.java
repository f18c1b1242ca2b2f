package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypedDatum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays and records: made and taken apart.
final class Composites {
    private Composites() {}

    static Evaluator array(Expr.ArrayOf expr, Evaluator[] children) {
        SqlType elementType =
                Check.present(expr.type().element(), "the type of ARRAY[…] is an array");
        boolean nested = !expr.children().isEmpty() && expr.children().getFirst().type().isArray();
        return (frame, row) -> {
            @Nullable Object[] values = Evaluator.all(children, frame, row);
            return nested ? ofArrays(elementType, values) : SqlArray.of(elementType, values);
        };
    }

    private static SqlArray ofArrays(SqlType elementType, @Nullable Object[] parts) {
        List<@Nullable Object> elements = new ArrayList<>();
        SqlArray first = null;
        for (Object part : parts) {
            if (part == null) {
                continue;
            }
            SqlArray array = (SqlArray) part;
            if (first == null) {
                first = array;
            }
            if (!array.sameShape(first)) {
                throw new QuorateException(
                        ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                        "multidimensional arrays must have array expressions with matching"
                                + " dimensions");
            }
            elements.addAll(Arrays.asList(array.toArray()));
        }
        if (first == null || first.dimensions() == 0) {
            return SqlArray.empty(elementType);
        }
        int dimensions = first.dimensions() + 1;
        int[] lengths = new int[dimensions];
        int[] bounds = new int[dimensions];
        lengths[0] = parts.length;
        bounds[0] = 1;
        for (int i = 1; i < dimensions; i++) {
            lengths[i] = first.length(i - 1);
            bounds[i] = first.lowerBound(i - 1);
        }
        return new SqlArray(elementType, lengths, bounds, elements.toArray());
    }

    static Evaluator subscript(Evaluator[] children) {
        return (frame, row) -> {
            Object base = children[0].evaluate(frame, row);
            if (base == null) {
                return null;
            }
            SqlArray array = (SqlArray) base;
            boolean inside = array.dimensions() == children.length - 1;
            int index = 0;
            for (int i = 1; i < children.length; i++) {
                Object subscript = children[i].evaluate(frame, row);
                if (subscript == null) {
                    return null;
                }
                if (inside) {
                    long offset = (Long) subscript - array.lowerBound(i - 1);
                    inside = offset >= 0 && offset < array.length(i - 1);
                    index = inside ? index * array.length(i - 1) + (int) offset : 0;
                }
            }
            return inside ? array.get(index) : null;
        };
    }

    static Evaluator row(Expr.Row expr, Evaluator[] children) {
        List<SqlType> types = expr.children().stream().map(Expr::type).toList();
        return (frame, row) -> {
            List<TypedDatum> fields = new ArrayList<>(children.length);
            for (int i = 0; i < children.length; i++) {
                fields.add(new TypedDatum(types.get(i), children[i].evaluate(frame, row)));
            }
            return fields;
        };
    }
}
