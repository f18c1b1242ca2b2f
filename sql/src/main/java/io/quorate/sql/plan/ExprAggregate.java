package io.quorate.sql.plan;

import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/// An aggregate of ours, with its DISTINCT, ORDER BY and FILTER, as a function of columns.
final class ExprAggregate extends SqlAggFunction {
    private final AggregateCall shape;

    ExprAggregate(AggregateCall call, RelDataType type) {
        super(
                call.function().name(),
                null,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(type),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        List<Expr> operands = new ArrayList<>();
        for (Expr child : call.children()) {
            operands.add(new Expr.ColumnRef(operands.size(), child.type()));
        }
        this.shape = call.withChildren(operands);
    }

    AggregateCall rebuild(List<Expr> operands) {
        return shape.withChildren(operands);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExprAggregate that && shape.equals(that.shape);
    }

    @Override
    public int hashCode() {
        return shape.hashCode();
    }
}
