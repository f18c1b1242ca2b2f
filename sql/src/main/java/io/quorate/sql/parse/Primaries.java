package io.quorate.sql.parse;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Compound.ValueFunction.Kind;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Expression.Accessor;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Node;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands between operators: constants, columns, brackets and the expressions that begin with
/// a
/// word of their own. PostgreSQL's c_expr.
final class Primaries {
    private final Grammar grammar;
    private final Tokens tokens;

    Primaries(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Expression primary() {
        Token token = tokens.peek();
        int position = token.position();
        return switch (token.kind()) {
            case STRING -> new Expression.StringLiteral(tokens.next().text(), position);
            case INTEGER, DECIMAL -> new Expression.NumberLiteral(tokens.next().text(), position);
            case BINARY_STRING, HEX_STRING ->
                    new Expression.BitStringLiteral(
                            tokens.next().text(), token.kind() == TokenKind.HEX_STRING, position);
            case PARAMETER -> indirection(parameter());
            case IDENTIFIER -> named();
            case KEYWORD -> keyword(token);
            case SYMBOL -> {
                if (!token.is("(")) {
                    throw tokens.syntaxError();
                }
                Node inner = brackets();
                yield inner instanceof Query query
                        ? indirection(new Compound.ScalarQuery(query, position))
                        : (Expression) inner;
            }
            case OPERATOR, END -> throw tokens.syntaxError();
        };
    }

    /// What stands behind an opening bracket that may hold either: the whole of a query, up to the
    /// closing bracket, or one expression.
    Node queryOrExpression() {
        if (grammar.queries.atStart()) {
            return grammar.queries.query();
        }
        if (!tokens.at("(") || !grammar.queries.atBracketedStart()) {
            return grammar.expressions.expression();
        }
        int position = tokens.position();
        tokens.enter();
        Node inner = brackets();
        tokens.leave();
        if (!(inner instanceof Query query)) {
            return grammar.expressions.continued((Expression) inner);
        }
        if (grammar.queries.atTail()) {
            return grammar.queries.continued(query);
        }
        return tokens.at(")")
                ? query
                : grammar.expressions.continued(
                        indirection(new Compound.ScalarQuery(query, position)));
    }

    /// A query in its brackets, or an expression or row in them with what is reached from it.
    private Node brackets() {
        Token open = tokens.expect("(");
        Node inner = queryOrExpression();
        if (inner instanceof Query) {
            tokens.expect(")");
            return inner;
        }
        List<Expression> elements = grammar.expressions.listFrom((Expression) inner);
        tokens.expect(")");
        return elements.size() == 1
                ? indirection(elements.getFirst())
                : grammar.expressions.overlaps(new Compound.Row(elements, false, open.position()));
    }

    private Expression parameter() {
        Token token = tokens.next();
        if (!Token.fitsInt(token.text())) {
            throw Tokens.refusal(
                    ErrorCode.UNDEFINED_PARAMETER,
                    "there is no parameter $" + token.text(),
                    token.position());
        }
        return new Expression.Parameter(Integer.parseInt(token.text()), token.position());
    }

    private Expression keyword(Token token) {
        int position = token.position();
        if (grammar.types.atBuiltIn() && !tokens.peek(1).is(".")) {
            Expression literal = builtInLiteral(token);
            if (literal != null) {
                return literal;
            }
        }
        boolean called = tokens.peek(1).is("(");
        return switch (token.text()) {
            case "null" -> new Expression.NullLiteral(tokens.next().position());
            case "true", "false" ->
                    new Expression.BooleanLiteral(tokens.next().text().equals("true"), position);
            case "default" -> new Expression.Default(tokens.next().position());
            case "case" -> caseExpression();
            case "array" -> array();
            case "row" -> called ? row() : named();
            case "exists" -> {
                if (!called) {
                    yield named();
                }
                tokens.next();
                yield new Condition.Exists(grammar.queries.bracketedQuery(), position);
            }
            case "cast" -> cast();
            case "coalesce" -> called ? new Compound.Coalesce(arguments(), position) : named();
            case "greatest" -> called ? new Compound.Greatest(arguments(), position) : named();
            case "least" -> called ? new Compound.Least(arguments(), position) : named();
            case "grouping" -> called ? new Compound.Grouping(arguments(), position) : named();
            case "nullif" -> called ? nullIf() : named();
            default -> {
                Expression value = valueFunction(token);
                if (value != null) {
                    yield value;
                }
                Expression special = grammar.calls.special(token);
                yield special != null ? special : named();
            }
        };
    }

    /// `date '…'` for the types that are keywords; null if the word is a column here.
    private @Nullable Expression builtInLiteral(Token token) {
        Token second = tokens.peek(1);
        boolean type =
                second.kind() == TokenKind.STRING
                        || second.is("(")
                        || second.is("varying")
                        || second.is("precision")
                        || second.is("character")
                        || second.is("char")
                        || ((second.is("with") || second.is("without"))
                                && tokens.peek(2).is("time"));
        if (!type) {
            return null;
        }
        if (token.is("interval")) {
            return interval();
        }
        TypeName name = grammar.types.builtIn();
        Token string = tokens.expect(TokenKind.STRING);
        return new Expression.Cast(
                new Expression.StringLiteral(string.text(), string.position()),
                name,
                token.position());
    }

    private Expression interval() {
        int position = tokens.next().position();
        Expression precision = null;
        if (tokens.accept("(")) {
            Token digits = tokens.expect(TokenKind.INTEGER);
            precision = new Expression.NumberLiteral(digits.text(), digits.position());
            tokens.expect(")");
        }
        Token string = tokens.expect(TokenKind.STRING);
        return new Expression.Cast(
                new Expression.StringLiteral(string.text(), string.position()),
                grammar.types.interval(precision, position),
                position);
    }

    private Expression caseExpression() {
        int position = tokens.next().position();
        Expression operand = tokens.at("when") ? null : grammar.expressions.expression();
        List<Compound.When> branches = new ArrayList<>();
        do {
            int at = tokens.expect("when").position();
            Expression condition = grammar.expressions.expression();
            tokens.expect("then");
            branches.add(new Compound.When(condition, grammar.expressions.expression(), at));
        } while (tokens.at("when"));
        Expression otherwise = tokens.accept("else") ? grammar.expressions.expression() : null;
        tokens.expect("end");
        return new Compound.Case(operand, branches, otherwise, position);
    }

    private Expression array() {
        int position = tokens.next().position();
        if (tokens.at("(")) {
            return new Compound.ArrayQuery(grammar.queries.bracketedQuery(), position);
        }
        return arrayElements(position);
    }

    private Compound.ArrayConstructor arrayElements(int position) {
        tokens.enter();
        tokens.expect("[");
        List<Expression> elements = List.of();
        if (tokens.at("[")) {
            elements = grammar.names.commaList(() -> arrayElements(tokens.position()));
        } else if (!tokens.at("]")) {
            elements = grammar.expressions.list();
        }
        tokens.expect("]");
        tokens.leave();
        return new Compound.ArrayConstructor(elements, position);
    }

    private Expression row() {
        int position = tokens.next().position();
        tokens.expect("(");
        List<Expression> elements = tokens.at(")") ? List.of() : grammar.expressions.list();
        tokens.expect(")");
        return grammar.expressions.overlaps(new Compound.Row(elements, true, position));
    }

    private Expression cast() {
        int position = tokens.next().position();
        tokens.expect("(");
        Expression operand = grammar.expressions.expression();
        tokens.expect("as");
        TypeName type = grammar.types.type();
        tokens.expect(")");
        return new Expression.Cast(operand, type, position);
    }

    private Expression nullIf() {
        int position = tokens.next().position();
        tokens.expect("(");
        Expression left = grammar.expressions.expression();
        tokens.expect(",");
        Expression right = grammar.expressions.expression();
        tokens.expect(")");
        return new Compound.NullIf(left, right, position);
    }

    private List<Expression> arguments() {
        tokens.next();
        tokens.expect("(");
        List<Expression> arguments = grammar.expressions.list();
        tokens.expect(")");
        return arguments;
    }

    /// `CURRENT_DATE` and its relatives; null if the word is none of them.
    private @Nullable Expression valueFunction(Token token) {
        Kind kind =
                switch (token.text()) {
                    case "current_date" -> Kind.CURRENT_DATE;
                    case "current_time" -> Kind.CURRENT_TIME;
                    case "current_timestamp" -> Kind.CURRENT_TIMESTAMP;
                    case "localtime" -> Kind.LOCALTIME;
                    case "localtimestamp" -> Kind.LOCALTIMESTAMP;
                    case "current_role" -> Kind.CURRENT_ROLE;
                    case "current_user" -> Kind.CURRENT_USER;
                    case "user" -> Kind.USER;
                    case "session_user" -> Kind.SESSION_USER;
                    case "current_catalog" -> Kind.CURRENT_CATALOG;
                    case "current_schema" -> Kind.CURRENT_SCHEMA;
                    default -> null;
                };
        if (kind == null || (kind == Kind.CURRENT_SCHEMA && tokens.peek(1).is("("))) {
            return null;
        }
        tokens.next();
        Integer precision = null;
        if (takesPrecision(kind) && tokens.accept("(")) {
            precision = tokens.integer();
            tokens.expect(")");
        }
        return new Compound.ValueFunction(kind, precision, token.position());
    }

    private static boolean takesPrecision(Kind kind) {
        return kind == Kind.CURRENT_TIME
                || kind == Kind.CURRENT_TIMESTAMP
                || kind == Kind.LOCALTIME
                || kind == Kind.LOCALTIMESTAMP;
    }

    /// A column, a call of a function, or a string of a named type.
    private Expression named() {
        Token first = tokens.peek();
        boolean column = first.isColumnName();
        if (!column && !first.isTypeOrFunctionName()) {
            throw tokens.syntaxError();
        }
        Name name = tokens.label();
        if (tokens.at(".") && column) {
            return dotted(name);
        }
        if (first.isTypeOrFunctionName()) {
            QualifiedName single = new QualifiedName(List.of(name.text()), name.position());
            if (tokens.at("(")) {
                return grammar.calls.call(single);
            }
            if (tokens.at(TokenKind.STRING)) {
                return typedLiteral(single, List.of());
            }
        }
        if (!column) {
            throw tokens.syntaxError();
        }
        return indirection(new Expression.ColumnReference(List.of(name.text()), name.position()));
    }

    private Expression dotted(Name first) {
        List<String> parts = new ArrayList<>();
        parts.add(first.text());
        while (tokens.at(".")) {
            if (tokens.peek(1).is("*")) {
                tokens.next();
                tokens.next();
                return new Expression.Star(parts, first.position());
            }
            tokens.next();
            parts.add(tokens.label().text());
        }
        if (tokens.at("(")) {
            return grammar.calls.call(new QualifiedName(parts, first.position()));
        }
        if (tokens.at(TokenKind.STRING)) {
            return typedLiteral(new QualifiedName(parts, first.position()), List.of());
        }
        return indirection(new Expression.ColumnReference(parts, first.position()));
    }

    /// `name 'string'`, with what stood in brackets behind the name.
    Expression typedLiteral(QualifiedName name, List<Expression> modifiers) {
        Token string = tokens.expect(TokenKind.STRING);
        return new Expression.Cast(
                new Expression.StringLiteral(string.text(), string.position()),
                new TypeName(name, modifiers, List.of(), null, false, name.position()),
                name.position());
    }

    /// The value, or what is reached from it by dots and subscripts.
    private Expression indirection(Expression base) {
        List<Accessor> accessors = accessors();
        return accessors.isEmpty()
                ? base
                : new Expression.Indirection(base, accessors, base.position());
    }

    /// `.field`, `[1]`, `[1:2]`, `.*`, as many as there are.
    List<Accessor> accessors() {
        if (!tokens.at(".") && !tokens.at("[")) {
            return List.of();
        }
        List<Accessor> accessors = new ArrayList<>();
        while (true) {
            int position = tokens.position();
            if (tokens.accept(".")) {
                accessors.add(
                        tokens.accept("*")
                                ? new Accessor.AllFields(position)
                                : new Accessor.Field(tokens.label().text(), position));
            } else if (tokens.accept("[")) {
                accessors.add(subscript(position));
            } else {
                return accessors;
            }
        }
    }

    private Accessor subscript(int position) {
        Expression lower =
                tokens.at(":") || tokens.at("]") ? null : grammar.expressions.expression();
        if (lower != null && tokens.accept("]")) {
            return new Accessor.Index(lower, position);
        }
        tokens.expect(":");
        Expression upper = tokens.at("]") ? null : grammar.expressions.expression();
        tokens.expect("]");
        return new Accessor.Slice(lower, upper, position);
    }
}
