package io.quorate.sql.plan;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.ReturnTypes;
import org.jspecify.annotations.Nullable;

/// Any expression of ours as a function of its operands. Calcite knows whether it may be computed
/// twice and whether a NULL operand makes it NULL, and nothing else.
final class ExprOperator extends SqlFunction {
    private final Expr shape;
    private final boolean deterministic;

    /// @param expr its operands do not count
    ExprOperator(Expr expr, RelDataType type) {
        this(expr, shapeOf(expr), type);
    }

    private ExprOperator(Expr expr, Expr shape, RelDataType type) {
        super(
                expr.getClass().getSimpleName() + "@" + shape.hashCode(),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(type),
                null,
                null,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.shape = shape;
        this.deterministic = !Exprs.isVolatile(expr);
    }

    /// The expression over numbered operands: equal for expressions that differ in operands only.
    private static Expr shapeOf(Expr expr) {
        List<Expr> operands = new ArrayList<>();
        for (Expr child : expr.children()) {
            operands.add(new Expr.ColumnRef(operands.size(), child.type()));
        }
        return expr.withChildren(operands);
    }

    Expr rebuild(List<Expr> operands) {
        return shape.withChildren(operands);
    }

    @Override
    public boolean isDeterministic() {
        return deterministic;
    }

    @Override
    public @Nullable Supplier<Strong.Policy> getStrongPolicyInference() {
        boolean strict =
                switch (shape) {
                    case Expr.Call call -> call.callee().strict() && !call.children().isEmpty();
                    case Expr.Cast cast -> true;
                    default -> false;
                };
        return strict ? () -> Strong.Policy.ANY : () -> Strong.Policy.AS_IS;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExprOperator that && shape.equals(that.shape);
    }

    @Override
    public int hashCode() {
        return shape.hashCode();
    }
}
