package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// Text to tree. All methods throw `QuorateException` with 42601 and a position where the text is
/// no
/// SQL, worded as PostgreSQL words it, and 54001 where it nests too deeply.
///
/// What is parsed is what PostgreSQL 15 parses. Whether it means something is decided later.
public final class Parser {
    private Parser() {}

    /// All statements between semicolons; none for a text of blanks, comments and semicolons.
    public static List<ParsedStatement> parseScript(String sql) {
        Grammar grammar = new Grammar(sql);
        Tokens tokens = grammar.tokens;
        List<ParsedStatement> statements = new ArrayList<>();
        while (true) {
            while (tokens.accept(";")) {
                tokens.forget();
            }
            if (tokens.at(TokenKind.END)) {
                return statements;
            }
            int start = tokens.peek().start();
            Statement statement = grammar.statements.statement();
            if (!tokens.at(";") && !tokens.at(TokenKind.END)) {
                throw tokens.syntaxError();
            }
            int end = tokens.previous().end();
            statements.add(new ParsedStatement(statement, tokens.source(start, end), start, end));
        }
    }

    /// Exactly one statement; a semicolon behind it does no harm.
    public static Statement parseStatement(String sql) {
        Grammar grammar = new Grammar(sql);
        Statement statement = grammar.statements.statement();
        while (grammar.tokens.accept(";")) {
            grammar.tokens.forget();
        }
        return whole(grammar, statement);
    }

    /// An expression alone, such as a stored default.
    public static Expression parseExpression(String sql) {
        Grammar grammar = new Grammar(sql);
        return whole(grammar, grammar.expressions.expression());
    }

    /// A type alone, such as the argument of `regtype`.
    public static TypeName parseType(String sql) {
        Grammar grammar = new Grammar(sql);
        return whole(grammar, grammar.types.type());
    }

    private static <T> T whole(Grammar grammar, T result) {
        if (!grammar.tokens.at(TokenKind.END)) {
            throw grammar.tokens.syntaxError();
        }
        return result;
    }
}
