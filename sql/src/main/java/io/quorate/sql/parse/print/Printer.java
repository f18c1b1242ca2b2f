package io.quorate.sql.parse.print;

import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The text under construction, and the printers that write to it and call each other.
final class Printer {
    final ExpressionPrinter expressions;
    final QueryPrinter queries;
    final DataPrinter data;
    private final StringBuilder text = new StringBuilder();

    Printer() {
        expressions = new ExpressionPrinter(this);
        queries = new QueryPrinter(this);
        data = new DataPrinter(this);
    }

    String text() {
        return text.toString();
    }

    Printer add(String piece) {
        text.append(piece);
        return this;
    }

    Printer name(String name) {
        return add(Identifiers.quote(name));
    }

    Printer names(List<String> parts) {
        return add(Identifiers.quote(parts));
    }

    Printer expression(Expression expression) {
        expressions.print(expression);
        return this;
    }

    /// ` keyword expression`, or nothing.
    Printer clause(String keyword, @Nullable Expression expression) {
        return expression == null ? this : add(" ").add(keyword).add(" ").expression(expression);
    }

    <T> Printer list(List<T> elements, Consumer<T> print) {
        boolean first = true;
        for (T element : elements) {
            if (!first) {
                add(", ");
            }
            first = false;
            print.accept(element);
        }
        return this;
    }

    Printer expressions(List<? extends Expression> list) {
        return list(list, this::expression);
    }

    /// `(a, b)`.
    Printer bracketedNames(List<Name> names) {
        return add("(").list(names, name -> name(name.text())).add(")");
    }

    /// ` (a, b)`, or nothing.
    Printer optionalNames(List<Name> names) {
        return names.isEmpty() ? this : add(" ").bracketedNames(names);
    }
}
