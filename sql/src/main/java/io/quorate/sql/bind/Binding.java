package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.function.Functions;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the binders of one statement share. For one thread.
final class Binding {
    private final Functions functions;
    private final BindContext context;
    private final ParameterTypes parameters;
    private final @Nullable ViewDescriptor view;
    private final @Nullable Binding outer;
    // Looked up by object only, never walked.
    private final Map<Expr, NamePlace> places = new IdentityHashMap<>();
    private final Set<Long> relations = new TreeSet<>();
    private int commonTables;

    /// Where a column was named, and how.
    record NamePlace(String name, int position) {}

    Binding(Functions functions, BindContext context, ParameterTypes parameters) {
        this.functions = functions;
        this.context = context;
        this.parameters = parameters;
        this.view = null;
        this.outer = null;
    }

    /// For the query of a view in a statement, in the search path of its maker.
    private Binding(Binding outer, ViewDescriptor view) {
        this.functions = outer.functions;
        this.context =
                new BindContext(outer.context.schema(), view.searchPath(), outer.context.format());
        this.parameters = outer.parameters;
        this.view = view;
        this.outer = outer;
    }

    /// 42P17 where the view is inside itself.
    Binding ofView(ViewDescriptor inner, int position) {
        for (Binding each = this; each != null; each = each.outer) {
            if (each.view != null && each.view.oid() == inner.oid()) {
                throw Errors.error(
                        ErrorCode.INVALID_OBJECT_DEFINITION,
                        "infinite recursion detected in rules for relation \""
                                + inner.name()
                                + "\"",
                        position);
            }
        }
        return new Binding(this, inner);
    }

    /// Notes that the statement, or the view's query, names a relation.
    void reads(Relation relation) {
        relations.add(relation.oid());
    }

    /// The oids of the relations that were named, those that a view names left out.
    Set<Long> relations() {
        return Set.copyOf(relations);
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
        return outer == null ? commonTables++ : outer.nextCommonTable();
    }

    /// Remembers where a reference stands, for errors found later.
    void place(Expr reference, String name, int position) {
        places.put(reference, new NamePlace(name, position));
    }

    @Nullable NamePlace placeOf(Expr reference) {
        return places.get(reference);
    }
}
