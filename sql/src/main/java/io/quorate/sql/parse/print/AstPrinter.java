package io.quorate.sql.parse.print;

import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TypeName;

/// The door of the printers: SQL text that parses to the same tree. Operators are bracketed, so
/// that
/// the text means the same whatever stands around it; that is also how PostgreSQL shows defaults,
/// constraints and views.
public final class AstPrinter {
    private AstPrinter() {}

    public static String expression(Expression expression) {
        Printer printer = new Printer();
        printer.expressions.print(expression);
        return printer.text();
    }

    public static String query(Query query) {
        Printer printer = new Printer();
        printer.queries.print(query);
        return printer.text();
    }

    public static String data(DataStatement statement) {
        Printer printer = new Printer();
        printer.data.print(statement);
        return printer.text();
    }

    public static String type(TypeName type) {
        return TypePrinter.print(type);
    }
}
