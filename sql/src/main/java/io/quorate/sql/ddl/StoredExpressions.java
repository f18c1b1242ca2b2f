package io.quorate.sql.ddl;

import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Trees;
import io.quorate.sql.parse.print.AstPrinter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The expressions that descriptors keep as text: CHECK conditions over a table's columns, and
/// defaults.
final class StoredExpressions {
    private StoredExpressions() {}

    /// The text of a condition over one table's columns: without the table's name before them, so that
    /// it outlives a renaming.
    static String ofTable(Expression condition) {
        return AstPrinter.expression(
                Trees.rewrite(
                        condition,
                        node ->
                                node instanceof Expression.ColumnReference column
                                                && column.parts().size() > 1
                                        ? new Expression.ColumnReference(
                                                List.of(column.last()), column.position())
                                        : node));
    }

    /// The columns that an expression names, each once.
    static Set<String> columns(Expression expression) {
        Set<String> names = new LinkedHashSet<>();
        Trees.walk(
                expression,
                node -> {
                    if (node instanceof Expression.ColumnReference column) {
                        names.add(column.last());
                    }
                });
        return names;
    }

    static boolean namesColumn(String sql, String column) {
        return columns(Parser.parseExpression(sql)).contains(column);
    }

    static String withColumnRenamed(String sql, String from, String to) {
        Expression renamed =
                Trees.rewrite(
                        Parser.parseExpression(sql),
                        node ->
                                node instanceof Expression.ColumnReference column
                                                && column.last().equals(from)
                                        ? new Expression.ColumnReference(
                                                List.of(to), column.position())
                                        : node);
        return AstPrinter.expression(renamed);
    }

    /// Whether an expression has one of these strings in it, as `nextval('s')` has the name of a
    /// sequence.
    static boolean hasLiteral(String sql, Set<String> texts) {
        boolean[] found = new boolean[1];
        Trees.walk(
                Parser.parseExpression(sql),
                node ->
                        found[0] |=
                                node instanceof Expression.StringLiteral literal
                                        && texts.contains(literal.value()));
        return found[0];
    }

    static String withLiteral(String sql, Set<String> texts, String replacement) {
        Expression replaced =
                Trees.rewrite(
                        Parser.parseExpression(sql),
                        node ->
                                node instanceof Expression.StringLiteral literal
                                                && texts.contains(literal.value())
                                        ? new Expression.StringLiteral(
                                                replacement, literal.position())
                                        : node);
        return AstPrinter.expression(replaced);
    }
}
