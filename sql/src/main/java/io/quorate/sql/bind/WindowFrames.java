package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.WindowFrame;
import io.quorate.sql.function.InRange;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Window;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Binds the frames of windows.
final class WindowFrames {
    private static final String RANGE_OFFSET = "RANGE with offset PRECEDING/FOLLOWING";

    private final ExpressionBinder expressions;
    private final Coercer coercer;

    WindowFrames(ExpressionBinder expressions, Coercer coercer) {
        this.expressions = expressions;
        this.coercer = coercer;
    }

    /// @param order of the window that the frame belongs to
    /// @param position where that window stands
    WindowFrame bind(Window.Frame frame, List<AggregateCall.Order> order, int position) {
        boolean offsets = frame.start().offset() != null || frame.end().offset() != null;
        if (frame.unit() == Window.Unit.GROUPS && order.isEmpty()) {
            throw Errors.error(
                    ErrorCode.WINDOWING_ERROR, "GROUPS mode requires an ORDER BY clause", position);
        }
        if (frame.unit() == Window.Unit.RANGE && offsets && order.size() != 1) {
            throw Errors.error(
                    ErrorCode.WINDOWING_ERROR,
                    RANGE_OFFSET + " requires exactly one ORDER BY column",
                    position);
        }
        return new WindowFrame(
                WindowFrame.Unit.valueOf(frame.unit().name()),
                bound(frame.start(), frame.unit(), order),
                bound(frame.end(), frame.unit(), order),
                WindowFrame.Exclusion.valueOf(frame.exclusion().name()));
    }

    private WindowFrame.Bound bound(
            Window.Bound bound, Window.Unit unit, List<AggregateCall.Order> order) {
        WindowFrame.BoundKind kind = WindowFrame.BoundKind.valueOf(bound.kind().name());
        Expression written = bound.offset();
        if (written == null) {
            return new WindowFrame.Bound(kind, null, null);
        }
        Place place =
                switch (unit) {
                    case ROWS -> Place.WINDOW_ROWS;
                    case RANGE -> Place.WINDOW_RANGE;
                    case GROUPS -> Place.WINDOW_GROUPS;
                };
        Expr offset = expressions.at(place).bind(written);
        int position = written.position();
        if (unit == Window.Unit.RANGE) {
            SqlType column = comparedAs(order.getFirst().key().type());
            SqlType type = rangeOffsetType(column, offset.type(), position);
            Expr typed = coercer.to(offset, type, CastContext.IMPLICIT, position);
            refuseVariables(typed, unit, position);
            return new WindowFrame.Bound(kind, typed, new InRange(column, type));
        }
        Expr count = coercer.toOrNull(offset, SqlType.INT8, CastContext.ASSIGNMENT, position);
        if (count == null) {
            throw Errors.error(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of "
                            + unit
                            + " must be type bigint, not type "
                            + offset.type().format(),
                    position);
        }
        refuseVariables(count, unit, position);
        return new WindowFrame.Bound(kind, count, null);
    }

    private void refuseVariables(Expr offset, Window.Unit unit, int position) {
        if (!Exprs.any(offset, each -> each instanceof Expr.ColumnRef)) {
            return;
        }
        throw Errors.error(
                ErrorCode.INVALID_COLUMN_REFERENCE,
                "argument of " + unit + " must not contain variables",
                firstColumn(offset, position));
    }

    private int firstColumn(Expr offset, int position) {
        if (offset instanceof Expr.ColumnRef column) {
            Binding.NamePlace place = expressions.binding().placeOf(column);
            return place == null ? position : place.position();
        }
        for (Expr child : offset.children()) {
            if (Exprs.any(child, each -> each instanceof Expr.ColumnRef)) {
                return firstColumn(child, position);
            }
        }
        return position;
    }

    /// The type whose order a column is sorted by.
    private static SqlType comparedAs(SqlType type) {
        return type.kind() == TypeKind.VARCHAR ? SqlType.TEXT : type.withTypmod(-1);
    }

    /// Of the types the column's can be moved by, the one that the offset is meant as.
    private static SqlType rangeOffsetType(SqlType column, SqlType offset, int position) {
        List<SqlType> known = InRange.offsetTypes(column);
        if (known.isEmpty()) {
            throw unsupportedRange(
                    " is not supported for column type " + column.format(), null, position);
        }
        boolean untyped = offset.kind() == TypeKind.UNKNOWN;
        SqlType preferred = untyped ? column : offset;
        List<SqlType> possible = new ArrayList<>();
        for (SqlType each : known) {
            if (each.sameTypeAs(preferred)) {
                return each;
            }
            if (untyped || Casts.canCoerce(offset, each, CastContext.IMPLICIT)) {
                possible.add(each);
            }
        }
        String types = " for column type " + column.format() + " and offset type ";
        if (possible.isEmpty()) {
            throw unsupportedRange(
                    " is not supported" + types + offset.withTypmod(-1).format(),
                    "Cast the offset value to an appropriate type.",
                    position);
        }
        if (possible.size() > 1) {
            throw unsupportedRange(
                    " has multiple interpretations" + types + offset.withTypmod(-1).format(),
                    "Cast the offset value to the exact intended type.",
                    position);
        }
        return possible.getFirst();
    }

    private static QuorateException unsupportedRange(
            String message, @Nullable String hint, int position) {
        QuorateException error =
                Errors.error(ErrorCode.FEATURE_NOT_SUPPORTED, RANGE_OFFSET + message, position);
        return hint == null ? error : error.withHint(hint);
    }
}
