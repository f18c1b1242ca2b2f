package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.WindowFrame;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The windows of one query block: what its WINDOW clause names, and what stands behind OVER.
final class Windows {
    private final Map<String, Bound> named = new LinkedHashMap<>();

    /// A window over the rows of FROM.
    ///
    /// @param written how it was written, for what may not be built upon it
    record Bound(
            List<Expr> partition,
            List<AggregateCall.Order> order,
            WindowFrame frame,
            Window.Specification written) {}

    /// Takes the WINDOW clause. A definition may build upon those before it.
    void define(List<Window.Definition> definitions, ExpressionBinder expressions) {
        for (Window.Definition definition : definitions) {
            String name = definition.name().text();
            Bound bound = specified(definition.window(), expressions, false);
            if (named.put(name, bound) != null) {
                throw Errors.error(
                        ErrorCode.WINDOWING_ERROR,
                        "window \"" + name + "\" is already defined",
                        definition.window().position());
            }
        }
    }

    Bound bind(Window window, ExpressionBinder expressions) {
        return switch (window) {
            case Window.Named reference -> find(reference.name(), reference.position());
            case Window.Specification specification -> specified(specification, expressions, true);
        };
    }

    private Bound find(String name, int position) {
        Bound found = named.get(name);
        if (found == null) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist", position);
        }
        return found;
    }

    /// @param over whether it stands behind OVER, not in the WINDOW clause
    private Bound specified(
            Window.Specification written, ExpressionBinder expressions, boolean over) {
        ExpressionBinder inside = expressions.at(Place.WINDOW);
        Coercer coercer = new Coercer(expressions.binding());
        Name baseName = written.base();
        Bound base = baseName == null ? null : find(baseName.text(), baseName.position());
        List<Expr> partition = new ArrayList<>();
        for (Expression each : written.partitionBy()) {
            Expr key = coercer.settled(inside.bind(each), each.position());
            Selection.refuseSets(List.of(List.of(key)), "window definitions", each.position());
            partition.add(key);
        }
        List<AggregateCall.Order> order = new ArrayList<>();
        for (SortItem item : written.orderBy()) {
            int position = item.expression().position();
            Expr key = coercer.settled(inside.bind(item.expression()), position);
            Selection.refuseSets(List.of(List.of(key)), "window definitions", position);
            order.add(
                    new AggregateCall.Order(
                            key, Sorting.isDescending(item), Sorting.isNullsFirst(item)));
        }
        if (base != null && baseName != null) {
            refuseOverrides(baseName.text(), base, written, over);
            partition = base.partition();
            order = base.order().isEmpty() ? order : base.order();
        }
        Window.Frame frame = written.frame();
        return new Bound(
                partition,
                order,
                frame == null
                        ? WindowFrame.DEFAULT
                        : new WindowFrames(inside, coercer).bind(frame, order, written.position()),
                written);
    }

    private static void refuseOverrides(
            String name, Bound base, Window.Specification written, boolean over) {
        if (base.written().frame() != null) {
            QuorateException error =
                    Errors.error(
                            ErrorCode.WINDOWING_ERROR,
                            "cannot copy window \"" + name + "\" because it has a frame clause",
                            written.position());
            boolean nothingAdded =
                    written.partitionBy().isEmpty()
                            && written.orderBy().isEmpty()
                            && written.frame() == null;
            throw over && nothingAdded
                    ? error.withHint("Omit the parentheses in this OVER clause.")
                    : error;
        }
        @Nullable String overridden =
                !written.partitionBy().isEmpty()
                        ? "PARTITION BY"
                        : !written.orderBy().isEmpty() && !base.order().isEmpty()
                                ? "ORDER BY"
                                : null;
        if (overridden != null) {
            throw Errors.error(
                    ErrorCode.WINDOWING_ERROR,
                    "cannot override " + overridden + " clause of window \"" + name + "\"",
                    written.position());
        }
    }
}
