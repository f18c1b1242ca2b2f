package io.quorate.sql.bind;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.function.Functions;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the binders of one statement share. For one thread.
final class Binding {
    private final Functions functions;
    private final BindContext context;
    private final ParameterTypes parameters;
    // Looked up by object only, never walked.
    private final Map<Expr, NamePlace> places = new IdentityHashMap<>();
    private int commonTables;

    /// Where a column was named, and how.
    record NamePlace(String name, int position) {}

    Binding(Functions functions, BindContext context, ParameterTypes parameters) {
        this.functions = functions;
        this.context = context;
        this.parameters = parameters;
    }

    Functions functions() {
        return functions;
    }

    BindContext context() {
        return context;
    }

    ParameterTypes parameters() {
        return parameters;
    }

    int nextCommonTable() {
        return commonTables++;
    }

    /// Remembers where a reference stands, for errors found later.
    void place(Expr reference, String name, int position) {
        places.put(reference, new NamePlace(name, position));
    }

    @Nullable NamePlace placeOf(Expr reference) {
        return places.get(reference);
    }
}
