package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.function.Volatility;
import io.quorate.sql.type.RowTypes;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypedDatum;
import java.util.ArrayList;
import java.util.List;

/// `(record).field`, as a call that takes the field out.
final class FieldAccess {
    private FieldAccess() {}

    static Expr of(Expr value, String name, int position) {
        List<RowTypes.Field> fields = RowTypes.fieldsOf(value.type());
        if (fields == null) {
            throw Errors.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "column notation ."
                            + name
                            + " applied to type "
                            + value.type().format()
                            + ", which is not a composite type",
                    position);
        }
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return field(value, i, fields.get(i));
            }
        }
        throw Errors.error(
                ErrorCode.UNDEFINED_COLUMN,
                "column \"" + name + "\" not found in data type " + value.type().format(),
                position);
    }

    /// Every field of a record, in order.
    static List<Expr> all(Expr value, List<RowTypes.Field> fields) {
        List<Expr> all = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            all.add(field(value, i, fields.get(i)));
        }
        return all;
    }

    /// The callee has no oid; its name tells the fields apart from each other.
    private static Expr field(Expr value, int index, RowTypes.Field field) {
        List<SqlType> arguments = List.of(value.type());
        Callee callee =
                new Callee(
                        -1 - index,
                        field.name(),
                        null,
                        arguments,
                        field.type(),
                        true,
                        false,
                        Volatility.IMMUTABLE,
                        (context, values) ->
                                values[0] instanceof List<?> datums
                                                && datums.get(index) instanceof TypedDatum datum
                                        ? datum.value()
                                        : null);
        return new Expr.Call(callee, List.of(value));
    }
}
