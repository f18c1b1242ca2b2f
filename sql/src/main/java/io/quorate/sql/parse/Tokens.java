package io.quorate.sql.parse;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.lex.Lexer;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// The tokens of one text as the parsers look at them: a cursor with any lookahead, and the two
/// errors of syntax. Keywords and symbols are asked for by their text, so that the parsers read
/// like
/// the grammar.
final class Tokens {
    /// How deep the parsers may call themselves; brackets around a query take two levels.
    /// `DepthTest` shows that
    /// this fits a small stack.
    private static final int DEPTH_MAX = 500;

    /// How high a tree may grow: besides nesting, one level for each operator of a chain like
    /// `a || b || c`. Whoever walks the tree may do so recursively.
    private static final int HEIGHT_MAX = 1_000;

    private final String source;
    private final Lexer lexer;
    private final List<Token> read = new ArrayList<>();
    private int at;
    private int depth;
    private int halfReadAt = -1;
    private int halfReadTokens;

    /// By depth: the height of the tree read so far at that depth.
    private final int[] heights = new int[DEPTH_MAX + 1];

    Tokens(String source) {
        this.source = source;
        this.lexer = new Lexer(source);
    }

    Token peek() {
        return peek(0);
    }

    /// The token `ahead` of the current one.
    Token peek(int ahead) {
        while (at + ahead >= read.size()) {
            read.add(lexer.next());
        }
        return read.get(at + ahead);
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    /// The token before the current one.
    Token previous() {
        return read.get(at - 1);
    }

    /// Lets go of the tokens before the current one; [#previous()] has none then.
    void forget() {
        heights[0] = 0;
        halfReadAt = -1;
        read.subList(0, at).clear();
        at = 0;
    }

    String source(int start, int end) {
        return source.substring(start, end);
    }

    boolean at(String first) {
        return peek().is(first);
    }

    boolean at(String first, String second) {
        if (!at(first)) {
            return false;
        }
        boolean there = peek(1).is(second);
        if (!there && !isOneWord(first, second)) {
            halfRead(1);
        }
        return there;
    }

    /// Whether PostgreSQL's lexer looks at the second word before it makes a token of the first.
    private static boolean isOneWord(String first, String second) {
        return first.equals("nulls")
                || (first.equals("with") && (second.equals("time") || second.equals("ordinality")));
    }

    boolean at(TokenKind kind) {
        return peek().kind() == kind;
    }

    boolean atAny(String... choices) {
        for (String choice : choices) {
            if (at(choice)) {
                return true;
            }
        }
        return false;
    }

    /// Whether the current token is this word, whether or not it is a keyword of PostgreSQL.
    boolean atWord(String word) {
        return peek().isLabel()
                && peek().text().equals(word)
                && source.charAt(peek().start()) != '"';
    }

    boolean accept(String first) {
        boolean there = at(first);
        if (there) {
            at++;
        }
        return there;
    }

    boolean accept(String first, String second) {
        boolean there = at(first, second);
        if (there) {
            at += 2;
        }
        return there;
    }

    boolean accept(String first, String second, String third) {
        if (!at(first, second)) {
            return false;
        }
        boolean there = peek(2).is(third);
        if (there) {
            at += 3;
        } else {
            halfRead(2);
        }
        return there;
    }

    boolean acceptWord(String word) {
        boolean there = atWord(word);
        if (there) {
            at++;
        }
        return there;
    }

    Token expect(String expected) {
        if (!at(expected)) {
            throw syntaxError();
        }
        return next();
    }

    void expect(String first, String second) {
        expect(first);
        expect(second);
    }

    Token expectWord(String word) {
        if (!atWord(word)) {
            throw syntaxError();
        }
        return next();
    }

    /// One of these words; its text.
    String expectAny(String... choices) {
        for (String choice : choices) {
            if (accept(choice)) {
                return choice;
            }
        }
        throw syntaxError();
    }

    Token expect(TokenKind kind) {
        if (!at(kind)) {
            throw syntaxError();
        }
        return next();
    }

    String string() {
        return expect(TokenKind.STRING).text();
    }

    /// The name of a column, table or other object.
    Name name() {
        if (!peek().isColumnName()) {
            throw syntaxError();
        }
        return nameOf(next());
    }

    /// A word after AS or a dot.
    Name label() {
        if (!peek().isLabel()) {
            throw syntaxError();
        }
        return nameOf(next());
    }

    /// Digits that fit in four bytes.
    int integer() {
        return Integer.parseInt(expect(TokenKind.INTEGER).text());
    }

    /// As [#integer()] with a sign before it.
    int signedInteger() {
        boolean negative = accept("-");
        if (!negative) {
            accept("+");
        }
        int value = integer();
        return negative ? -value : value;
    }

    /// A number of any kind with its sign, as text.
    String signedNumber() {
        boolean negative = accept("-");
        if (!negative) {
            accept("+");
        }
        if (!at(TokenKind.INTEGER) && !at(TokenKind.DECIMAL)) {
            throw syntaxError();
        }
        return (negative ? "-" : "") + next().text();
    }

    int position() {
        return peek().position();
    }

    /// To be called before descending; [#leave()] afterwards. An error leaves everything anyway.
    void enter() {
        depth++;
        if (depth > DEPTH_MAX) {
            throw tooDeep();
        }
        heights[depth] = 0;
    }

    void leave() {
        int height = heights[depth] + 1;
        depth--;
        heights[depth] = Math.max(heights[depth], height);
    }

    /// To be called when what was read at this depth becomes the child of another node.
    void grow() {
        heights[depth]++;
        if (heights[depth] > HEIGHT_MAX) {
            throw tooDeep();
        }
    }

    private QuorateException tooDeep() {
        return new QuorateException(ErrorCode.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded")
                .withDetail("The statement nests its expressions or queries too deeply.")
                .withPosition(position());
    }

    /// Remembers that the first tokens here would have fitted, had the next one too. If nobody else
    /// takes them, that next one is the mistake, as it is for a parser of one token lookahead.
    void halfRead(int fitting) {
        if (at >= halfReadAt + halfReadTokens || (at == halfReadAt && halfReadTokens < fitting)) {
            halfReadAt = at;
            halfReadTokens = fitting;
        }
    }

    /// The error that the current token does not fit, or the one behind a phrase that began here.
    QuorateException syntaxError() {
        boolean inPhrase = at >= halfReadAt && at < halfReadAt + halfReadTokens;
        return syntaxError(peek(inPhrase ? halfReadAt + halfReadTokens - at : 0));
    }

    QuorateException syntaxError(Token token) {
        return error("syntax error", token);
    }

    /// An error of the grammar with a message of its own, at a token.
    QuorateException error(String message, Token token) {
        if (token.kind() == TokenKind.END) {
            return new QuorateException(ErrorCode.SYNTAX_ERROR, message + " at end of input")
                    .withPosition(token.position());
        }
        return lexer.error(ErrorCode.SYNTAX_ERROR, message, token.start(), token.end());
    }

    /// An error that PostgreSQL's grammar raises by itself, without "at or near".
    static QuorateException refusal(String message, int position) {
        return refusal(ErrorCode.SYNTAX_ERROR, message, position);
    }

    static QuorateException refusal(ErrorCode code, String message, int position) {
        return new QuorateException(code, message).withPosition(position);
    }

    private static Name nameOf(Token token) {
        return new Name(token.text(), token.position());
    }
}
