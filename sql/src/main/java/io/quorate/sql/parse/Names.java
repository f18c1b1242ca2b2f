package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Names of one and of several parts, operators, and lists between commas.
final class Names {
    private static final List<String> SYMBOL_OPERATORS =
            List.of("+", "-", "*", "/", "%", "^", "<", ">", "=", "<=", ">=", "<>");

    private final Tokens tokens;

    Names(Tokens tokens) {
        this.tokens = tokens;
    }

    /// `a`, `s.a`, `d.s.a`: the name of a table, type, sequence and so on.
    QualifiedName qualified() {
        return dotted(tokens.name());
    }

    /// What follows the first part of a name.
    QualifiedName dotted(Name first) {
        if (!tokens.at(".")) {
            return new QualifiedName(List.of(first.text()), first.position());
        }
        List<String> parts = new ArrayList<>();
        parts.add(first.text());
        while (tokens.accept(".")) {
            parts.add(tokens.label().text());
        }
        return new QualifiedName(parts, first.position());
    }

    List<QualifiedName> qualifiedList() {
        return commaList(this::qualified);
    }

    List<Name> nameList() {
        return commaList(tokens::name);
    }

    /// `(a, b)`.
    List<Name> bracketedNames() {
        tokens.expect("(");
        List<Name> names = nameList();
        tokens.expect(")");
        return names;
    }

    /// `(a, b)`, or nothing.
    List<Name> optionalBracketedNames() {
        return tokens.at("(") ? bracketedNames() : List.of();
    }

    /// A role: a name, or one of the words that stand for a role of the session.
    Name role() {
        if (tokens.atAny("current_user", "current_role", "session_user")) {
            return tokens.label();
        }
        if (tokens.at("user")) {
            throw tokens.syntaxError();
        }
        return tokens.name();
    }

    <T> List<T> commaList(Supplier<T> element) {
        T first = element.get();
        if (!tokens.at(",")) {
            return List.of(first);
        }
        List<T> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(",")) {
            list.add(element.get());
        }
        return list;
    }

    /// Whether an operator stands here that is no grammar of its own.
    boolean atOperator() {
        Token token = tokens.peek();
        return token.kind() == TokenKind.OPERATOR
                || (token.kind() == TokenKind.SYMBOL && SYMBOL_OPERATORS.contains(token.text()))
                || tokens.at("operator", "(");
    }

    /// `+`, `->>`, `OPERATOR(pg_catalog.+)`.
    OperatorName operator() {
        if (!tokens.at("operator", "(")) {
            return bareOperator(List.of(), tokens.position());
        }
        int position = tokens.next().position();
        tokens.expect("(");
        OperatorName operator = qualifiedOperator(position);
        tokens.expect(")");
        return operator;
    }

    /// `pg_catalog.+`, as inside OPERATOR(…) and in operator classes.
    OperatorName qualifiedOperator(int position) {
        List<String> schema = new ArrayList<>();
        while (tokens.peek().isColumnName()) {
            schema.add(tokens.next().text());
            tokens.expect(".");
        }
        return bareOperator(schema, position);
    }

    private OperatorName bareOperator(List<String> schema, int position) {
        Token token = tokens.peek();
        if (token.kind() != TokenKind.OPERATOR
                && !(token.kind() == TokenKind.SYMBOL && SYMBOL_OPERATORS.contains(token.text()))) {
            throw tokens.syntaxError();
        }
        return new OperatorName(schema, tokens.next().text(), position);
    }
}
