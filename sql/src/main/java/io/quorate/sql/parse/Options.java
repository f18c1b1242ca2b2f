package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists of options: `(FORMAT csv, HEADER)`, `WITH (fillfactor = 70)`.
final class Options {
    private final Grammar grammar;
    private final Tokens tokens;

    Options(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// `(name [value], …)`, as of COPY, EXPLAIN and VACUUM.
    List<Option> list() {
        tokens.expect("(");
        List<Option> options = grammar.names.commaList(this::option);
        tokens.expect(")");
        return options;
    }

    /// `(name [= value], …)`, as of WITH (…) and SET (…).
    List<Option> parameters() {
        tokens.expect("(");
        List<Option> options = grammar.names.commaList(this::parameter);
        tokens.expect(")");
        return options;
    }

    /// `WITH (…)`, or nothing.
    List<Option> storage() {
        if (!tokens.at("with", "(")) {
            return List.of();
        }
        tokens.expect("with");
        return parameters();
    }

    static Option word(String name, int position) {
        return new Option(name, null, position);
    }

    static Option text(String name, String value, int position) {
        return new Option(name, new Option.Value.Text(value), position);
    }

    private Option option() {
        int position = tokens.position();
        String name = tokens.label().text();
        return new Option(name, tokens.atAny(",", ")") ? null : value(), position);
    }

    private Option parameter() {
        int position = tokens.position();
        String name = tokens.label().text();
        if (tokens.accept(".")) {
            name = name + "." + tokens.label().text();
        }
        return new Option(name, tokens.accept("=") ? value() : null, position);
    }

    private Option.@Nullable Value value() {
        if (tokens.accept("*")) {
            return new Option.Value.Star();
        }
        if (tokens.accept("(")) {
            List<String> items = grammar.names.commaList(this::scalar);
            tokens.expect(")");
            return new Option.Value.Items(items);
        }
        return new Option.Value.Text(scalar());
    }

    /// A word, a string or a number with its sign, as text.
    String scalar() {
        Token token = tokens.peek();
        if (token.isLabel() || token.kind() == TokenKind.STRING) {
            return tokens.next().text();
        }
        return tokens.signedNumber();
    }
}
