package io.quorate.sql.bind;

import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.function.ResolvedOperator;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds operators and brings their operands to the types they want.
final class OperatorBinder {
    private final Binding binding;
    private final Coercer coercer;

    OperatorBinder(Binding binding, Coercer coercer) {
        this.binding = binding;
        this.coercer = coercer;
    }

    Expr infix(OperatorName name, Expr left, Expr right, int position) {
        checkSchema(name);
        return infix(name.symbol(), left, right, position);
    }

    Expr infix(String symbol, Expr left, Expr right, int position) {
        ResolvedOperator resolved = resolve(symbol, left.type(), right.type(), position);
        return new Expr.Call(
                Callee.of(resolved),
                coercer.toArguments(List.of(left, right), resolved.argumentTypes(), position));
    }

    Expr prefix(OperatorName name, Expr operand, int position) {
        checkSchema(name);
        ResolvedOperator resolved =
                Errors.at(
                        position,
                        () ->
                                binding.functions()
                                        .operators()
                                        .resolve(name.symbol(), null, operand.type()));
        return new Expr.Call(
                Callee.of(resolved),
                coercer.toArguments(List.of(operand), resolved.argumentTypes(), position));
    }

    ResolvedOperator resolve(String symbol, SqlType left, SqlType right, int position) {
        return Errors.at(
                position, () -> binding.functions().operators().resolve(symbol, left, right));
    }

    /// The way from a type to what an operator wants; null where there is nothing to do.
    static @Nullable Coercion operandCoercion(SqlType source, SqlType wanted) {
        if (source.sameTypeAs(wanted)) {
            return null;
        }
        Coercion coercion = Casts.find(source, wanted, CastContext.IMPLICIT);
        return coercion == null || coercion.isIdentity() ? null : coercion;
    }

    static void checkSchema(OperatorName name) {
        if (!name.schema().isEmpty() && !name.schema().equals(List.of("pg_catalog"))) {
            throw Errors.unsupported(
                    "an operator of schema " + String.join(".", name.schema()), name.position());
        }
    }
}
