package io.quorate.sql.bind;

import io.quorate.sql.algebra.Expr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The border of a subquery: what is named inside and lives outside becomes an argument.
final class Closure {
    private final @Nullable Scope outer;
    private final List<Expr> arguments = new ArrayList<>();

    /// @param outer what is visible around; null for a whole statement
    Closure(@Nullable Scope outer) {
        this.outer = outer;
    }

    @Nullable Scope outer() {
        return outer;
    }

    /// The expression inside that stands for `outside`, which is one over the rows around.
    Expr capture(Expr outside) {
        int index = arguments.indexOf(outside);
        if (index < 0) {
            index = arguments.size();
            arguments.add(outside);
        }
        return new Expr.Correlated(index, outside.type());
    }

    List<Expr> arguments() {
        return List.copyOf(arguments);
    }
}
