package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Constant;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings expressions to types.
final class Coercer {
    private final Binding binding;

    Coercer(Binding binding) {
        this.binding = binding;
    }

    static boolean isUnknown(Expr expr) {
        return expr.type().kind() == TypeKind.UNKNOWN;
    }

    /// To what a function or operator asks for, which was chosen so that there is a way. The
    /// pseudo-types take anything.
    Expr toArgument(Expr expr, SqlType type, int position) {
        if (type.kind() == TypeKind.PSEUDO) {
            return expr;
        }
        return to(expr, type, CastContext.IMPLICIT, position);
    }

    List<Expr> toArguments(List<Expr> expressions, List<SqlType> types, int position) {
        List<Expr> coerced = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            coerced.add(toArgument(expressions.get(i), types.get(i), position));
        }
        return coerced;
    }

    /// 42846 where there is no way.
    Expr to(Expr expr, SqlType type, CastContext context, int position) {
        Expr coerced = toOrNull(expr, type, context, position);
        if (coerced == null) {
            throw Errors.error(
                    ErrorCode.CANNOT_COERCE,
                    "cannot cast type " + expr.type().format() + " to " + type.format(),
                    position);
        }
        return coerced;
    }

    /// Null where the context allows no way.
    @Nullable Expr toOrNull(Expr expr, SqlType type, CastContext context, int position) {
        SqlType source = expr.type();
        if (source.sameTypeAs(type) && (type.typmod() == -1 || type.typmod() == source.typmod())) {
            return expr;
        }
        if (expr instanceof Expr.Parameter parameter && isUnknown(expr)) {
            Expr settled = binding.parameters().settle(parameter.index(), type, position);
            return type.typmod() == -1 ? settled : toOrNull(settled, type, context, position);
        }
        if (expr instanceof Expr.ArrayOf array && context == CastContext.EXPLICIT) {
            Expr elements = arrayElements(array, type, position);
            if (elements != null) {
                return elements;
            }
        }
        if (expr instanceof Constant constant && isWidening(source, type)) {
            return new Constant(constant.value(), type);
        }
        Coercion coercion = Errors.at(position, () -> Casts.find(source, type, context));
        if (coercion == null) {
            return null;
        }
        if (expr instanceof Constant constant && isUnknown(expr)) {
            return new Constant(
                    Errors.at(
                            position,
                            () -> coercion.apply(constant.value(), binding.context().format())),
                    type);
        }
        if (expr instanceof Constant constant && constant.value() == null) {
            return Constant.nullOf(type);
        }
        return new Expr.Cast(expr, type, coercion, context == CastContext.EXPLICIT);
    }

    /// Whether every integer of the first type is the same datum of the second.
    private static boolean isWidening(SqlType source, SqlType type) {
        return switch (source.kind()) {
            case INT2 -> type.kind() == TypeKind.INT4 || type.kind() == TypeKind.INT8;
            case INT4 -> type.kind() == TypeKind.INT8;
            default -> false;
        };
    }

    /// `ARRAY[…]::t[]` casts each element.
    private @Nullable Expr arrayElements(Expr.ArrayOf array, SqlType type, int position) {
        SqlType element = type.elementWithTypmod();
        if (type.kind() != TypeKind.ARRAY || element == null) {
            return null;
        }
        List<Expr> elements = new ArrayList<>();
        for (Expr each : array.children()) {
            Expr coerced =
                    toOrNull(
                            each,
                            each instanceof Expr.ArrayOf ? type : element,
                            CastContext.EXPLICIT,
                            position);
            if (coerced == null) {
                return null;
            }
            elements.add(coerced);
        }
        return new Expr.ArrayOf(elements, type);
    }

    /// For a place that takes a condition; 42804 where it is not one.
    ///
    /// @param place as the message names it, such as `WHERE`
    Expr toBoolean(Expr expr, String place, int position) {
        Expr coerced = toOrNull(expr, SqlType.BOOL, CastContext.IMPLICIT, position);
        if (coerced == null) {
            throw Errors.error(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of "
                            + place
                            + " must be type boolean, not type "
                            + expr.type().format(),
                    position);
        }
        return coerced;
    }

    /// For a value that goes into a column.
    Expr toColumn(Expr expr, SqlType type, String column, int position) {
        Expr coerced = toOrNull(expr, type, CastContext.ASSIGNMENT, position);
        if (coerced == null) {
            throw Errors.error(
                            ErrorCode.DATATYPE_MISMATCH,
                            "column \""
                                    + column
                                    + "\" is of type "
                                    + type.withTypmod(-1).format()
                                    + " but expression is of type "
                                    + expr.type().withTypmod(-1).format(),
                            position)
                    .withHint("You will need to rewrite or cast the expression.");
        }
        return coerced;
    }

    /// What is unknown at the end of a select list is text.
    Expr settled(Expr expr, int position) {
        return isUnknown(expr) ? to(expr, SqlType.TEXT, CastContext.IMPLICIT, position) : expr;
    }

    /// To the type that several expressions share; the message is [CommonType]'s kind.
    Expr toCommon(Expr expr, SqlType type, String context, int position) {
        Expr coerced = toOrNull(expr, type, CastContext.IMPLICIT, position);
        if (coerced == null) {
            throw new QuorateException(
                            ErrorCode.CANNOT_COERCE,
                            context
                                    + " could not convert type "
                                    + expr.type().format()
                                    + " to "
                                    + type.format())
                    .withPosition(position);
        }
        return coerced;
    }
}
