package io.quorate.sql.algebra;

import io.quorate.sql.function.Implementation;
import io.quorate.sql.function.ResolvedFunction;
import io.quorate.sql.function.ResolvedOperator;
import io.quorate.sql.function.SqlOperator;
import io.quorate.sql.function.Volatility;
import io.quorate.sql.type.SqlType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function or operator as chosen for one place of call. Two are equal if they compute the same,
/// whatever objects compute it.
///
/// @param oid of the function, also for an operator
/// @param operator null for a call by name
/// @param implementation answers null for a null argument of a strict function
public record Callee(
        int oid,
        String name,
        @Nullable SqlOperator operator,
        List<SqlType> argumentTypes,
        SqlType resultType,
        boolean strict,
        boolean returnsSet,
        Volatility volatility,
        Implementation implementation) {

    public static Callee of(ResolvedFunction resolved) {
        return new Callee(
                resolved.function().oid(),
                resolved.function().name(),
                null,
                resolved.argumentTypes(),
                resolved.resultType(),
                resolved.function().strict(),
                resolved.function().returnsSet(),
                resolved.function().volatility(),
                resolved.implementation());
    }

    public static Callee of(ResolvedOperator resolved) {
        SqlOperator operator = resolved.operator();
        return new Callee(
                operator.function().oid(),
                operator.function().name(),
                operator,
                resolved.argumentTypes(),
                resolved.resultType(),
                operator.function().strict(),
                false,
                operator.function().volatility(),
                resolved.implementation());
    }

    /// Whether it is the operator with this symbol.
    public boolean isOperator(String symbol) {
        return operator != null && operator.symbol().equals(symbol);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Callee that
                && oid == that.oid
                && argumentTypes.equals(that.argumentTypes)
                && resultType.equals(that.resultType)
                && Objects.equals(
                        operator == null ? null : operator.symbol(),
                        that.operator == null ? null : that.operator.symbol());
    }

    @Override
    public int hashCode() {
        return Objects.hash(oid, argumentTypes, resultType);
    }

    @Override
    public String toString() {
        return operator == null ? name : operator.symbol();
    }
}
