package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Node;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Expressions by precedence climbing over PostgreSQL's table of operators (chapter 4.1.6 of its
/// manual). What stands between the operators is read by [Primaries].
///
/// [#climb] reads one operand and then every operator that binds at least as tightly as asked for.
/// Its right operand is read one level tighter, which makes operators of one level lean to the
/// left;
/// those that do not lean at all (`<`, LIKE, IS DISTINCT FROM) refuse a second one of their level.
final class Expressions {
    private static final int ANY = 0;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int NOT = 3;
    private static final int IS = 4;
    private static final int COMPARISON = 5;
    private static final int MATCH = 6;
    private static final int OPERATOR = 8;
    private static final int SUM = 9;
    private static final int PRODUCT = 10;
    private static final int POWER = 11;
    private static final int AT_TIME_ZONE = 12;
    private static final int COLLATE = 13;
    private static final int SIGN = 14;
    private static final int CAST = 15;
    private static final int NONE = -1;

    private final Grammar grammar;
    private final Tokens tokens;

    Expressions(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// PostgreSQL's a_expr.
    Expression expression() {
        return climb(ANY, false);
    }

    /// PostgreSQL's b_expr, which has no logic and no IN, LIKE or BETWEEN: DEFAULT values and the
    /// lower bound of BETWEEN, where AND, NOT and others belong to what surrounds it.
    Expression restricted() {
        return climb(ANY, true);
    }

    List<Expression> list() {
        return grammar.names.commaList(this::expression);
    }

    /// The rest of a list whose first element has been read already.
    List<Expression> listFrom(Expression first) {
        if (!tokens.at(",")) {
            return List.of(first);
        }
        List<Expression> list = new ArrayList<>();
        list.add(first);
        while (tokens.accept(",")) {
            list.add(expression());
        }
        return list;
    }

    /// An expression whose first operand has been read already.
    Expression continued(Expression first) {
        return operators(first, ANY, false);
    }

    private Expression climb(int level, boolean restricted) {
        tokens.enter();
        Expression left = prefix(restricted);
        Expression whole = operators(left, level, restricted);
        tokens.leave();
        return whole;
    }

    private Expression prefix(boolean restricted) {
        Token token = tokens.peek();
        if (token.is("not") && !restricted) {
            tokens.next();
            return new Condition.Not(climb(NOT, false), token.position());
        }
        if (token.is("-")) {
            tokens.next();
            return negated(climb(SIGN, restricted), token.position());
        }
        if (token.is("+")) {
            OperatorName plus = grammar.names.operator();
            return new Expression.UnaryOperator(plus, climb(SIGN, restricted), token.position());
        }
        if (token.kind() == TokenKind.OPERATOR || tokens.at("operator", "(")) {
            OperatorName operator = grammar.names.operator();
            return new Expression.UnaryOperator(
                    operator, climb(OPERATOR + 1, restricted), token.position());
        }
        return grammar.primaries.primary();
    }

    /// The sign belongs to a constant, so that `-9223372036854775808` is no overflow.
    private static Expression negated(Expression operand, int position) {
        if (operand instanceof Expression.NumberLiteral number) {
            String text = number.text();
            return new Expression.NumberLiteral(
                    text.startsWith("-") ? text.substring(1) : "-" + text, position);
        }
        return new Expression.UnaryOperator(new OperatorName("-", position), operand, position);
    }

    private Expression operators(Expression first, int level, boolean restricted) {
        Expression left = first;
        int refused = NONE;
        while (true) {
            int found = levelOfNext(restricted);
            if (found < level || found == NONE) {
                return left;
            }
            if (found == refused) {
                throw tokens.syntaxError();
            }
            refused = leansNowhere(found) && !isPostfix() ? found : NONE;
            left = infix(left, found, restricted);
            tokens.grow();
        }
    }

    private static boolean leansNowhere(int level) {
        return level == IS || level == COMPARISON || level == MATCH;
    }

    /// Whether the operator here ends by itself, after which another of its level may follow.
    private boolean isPostfix() {
        int ahead = tokens.at("not") ? 1 : 0;
        Token token = tokens.peek(ahead);
        if (token.is("is")) {
            int subject = tokens.peek(1).is("not") ? 2 : 1;
            return !tokens.peek(subject).is("distinct");
        }
        return token.is("in")
                || token.is("isnull")
                || token.is("notnull")
                || isQuantifier(tokens.peek(ahead + 1));
    }

    private static boolean isQuantifier(Token token) {
        return token.is("any") || token.is("some") || token.is("all");
    }

    private int levelOfNext(boolean restricted) {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case OPERATOR -> OPERATOR;
            case SYMBOL -> levelOfSymbol(token.text());
            case KEYWORD -> restricted ? restrictedLevel(token) : levelOfKeyword(token);
            case IDENTIFIER, STRING, BINARY_STRING, HEX_STRING, INTEGER, DECIMAL, PARAMETER, END ->
                    NONE;
        };
    }

    private static int levelOfSymbol(String symbol) {
        return switch (symbol) {
            case "<", ">", "=", "<=", ">=", "<>" -> COMPARISON;
            case "+", "-" -> SUM;
            case "*", "/", "%" -> PRODUCT;
            case "^" -> POWER;
            case "::" -> CAST;
            default -> NONE;
        };
    }

    /// Some of these words may also name a column without AS: so they do at the end of an item.
    private int levelOfKeyword(Token token) {
        int level = levelOfWord(token);
        boolean label = level != NONE && token.isBareLabel() && endsItem(tokens.peek(1));
        if (label && !token.is("isnull") && !token.is("notnull")) {
            tokens.halfRead(1);
            return NONE;
        }
        return level;
    }

    private static boolean endsItem(Token token) {
        return token.kind() == TokenKind.END
                || token.is(",")
                || token.is(")")
                || token.is(";")
                || token.is("from");
    }

    private int levelOfWord(Token token) {
        return switch (token.text()) {
            case "or" -> OR;
            case "and" -> AND;
            case "is", "isnull", "notnull" -> IS;
            case "between", "in", "like", "ilike" -> MATCH;
            case "similar" -> tokens.peek(1).is("to") ? MATCH : NONE;
            case "not" -> negatable(tokens.peek(1)) ? MATCH : NONE;
            case "operator" -> tokens.peek(1).is("(") ? OPERATOR : NONE;
            case "at" -> tokens.peek(1).is("time") ? AT_TIME_ZONE : NONE;
            case "collate" -> COLLATE;
            default -> NONE;
        };
    }

    private int restrictedLevel(Token token) {
        if (token.is("operator") && tokens.peek(1).is("(")) {
            return OPERATOR;
        }
        if (!token.is("is")) {
            return NONE;
        }
        Token subject = tokens.peek(tokens.peek(1).is("not") ? 2 : 1);
        return subject.is("distinct") || subject.is("document") ? IS : NONE;
    }

    private static boolean negatable(Token token) {
        return token.is("between")
                || token.is("in")
                || token.is("like")
                || token.is("ilike")
                || token.is("similar");
    }

    private Expression infix(Expression left, int level, boolean restricted) {
        int position = tokens.position();
        return switch (level) {
            case OR -> new Condition.Or(chain(left, OR), position);
            case AND -> new Condition.And(chain(left, AND), position);
            case IS -> is(left, restricted);
            case MATCH -> match(left);
            case AT_TIME_ZONE -> {
                tokens.expect("at");
                tokens.expect("time", "zone");
                Expression zone = climb(AT_TIME_ZONE + 1, restricted);
                yield Expression.FunctionCall.special("timezone", List.of(zone, left), position);
            }
            case COLLATE -> {
                tokens.expect("collate");
                QualifiedName collation = grammar.names.qualified();
                yield new Expression.Collate(left, collation, position);
            }
            case CAST -> {
                tokens.expect("::");
                yield new Expression.Cast(left, grammar.types.type(), position);
            }
            default -> binary(left, level, restricted);
        };
    }

    /// The operands of AND or OR, as many as there are. `(a AND b) AND c` is one chain, too.
    private List<Expression> chain(Expression first, int level) {
        String word = level == AND ? "and" : "or";
        List<Expression> operands = new ArrayList<>();
        if (level == AND && first instanceof Condition.And and) {
            operands.addAll(and.operands());
        } else if (level == OR && first instanceof Condition.Or or) {
            operands.addAll(or.operands());
        } else {
            operands.add(first);
        }
        while (tokens.accept(word)) {
            operands.add(climb(level + 1, false));
        }
        return operands;
    }

    private Expression binary(Expression left, int level, boolean restricted) {
        int position = tokens.position();
        OperatorName operator = grammar.names.operator();
        if (!restricted && isQuantifier(tokens.peek())) {
            return quantified(left, operator, position);
        }
        return new Expression.BinaryOperator(
                operator, left, climb(level + 1, restricted), position);
    }

    /// `op ANY (…)`: a query or an array.
    private Expression quantified(Expression left, OperatorName operator, int position) {
        Condition.Quantifier quantifier =
                tokens.expectAny("any", "some", "all").equals("all")
                        ? Condition.Quantifier.ALL
                        : Condition.Quantifier.ANY;
        tokens.expect("(");
        Node inner = grammar.primaries.queryOrExpression();
        tokens.expect(")");
        return inner instanceof Query query
                ? new Condition.QuantifiedQuery(left, operator, quantifier, query, position)
                : new Condition.QuantifiedArray(
                        left, operator, quantifier, (Expression) inner, position);
    }

    private Expression is(Expression operand, boolean restricted) {
        int position = tokens.position();
        if (tokens.accept("isnull")) {
            return new Condition.IsNull(operand, false, position);
        }
        if (tokens.accept("notnull")) {
            return new Condition.IsNull(operand, true, position);
        }
        tokens.expect("is");
        boolean negated = tokens.accept("not");
        if (tokens.accept("distinct")) {
            tokens.expect("from");
            return new Condition.IsDistinct(operand, climb(IS + 1, restricted), negated, position);
        }
        if (tokens.accept("null")) {
            return new Condition.IsNull(operand, negated, position);
        }
        if (tokens.accept("document")) {
            return new Condition.IsDocument(operand, negated, position);
        }
        if (tokens.atAny("normalized", "nfc", "nfd", "nfkc", "nfkd")) {
            String form = normalForm();
            tokens.expect("normalized");
            return new Condition.IsNormalized(operand, form, negated, position);
        }
        Condition.Truth truth =
                switch (tokens.expectAny("true", "false", "unknown")) {
                    case "true" -> Condition.Truth.TRUE;
                    case "false" -> Condition.Truth.FALSE;
                    default -> Condition.Truth.UNKNOWN;
                };
        return new Condition.IsTruth(operand, truth, negated, position);
    }

    /// NFC, NFD, NFKC or NFKD in lower case; null if none stands here.
    @Nullable String normalForm() {
        return tokens.atAny("nfc", "nfd", "nfkc", "nfkd") ? tokens.next().text() : null;
    }

    private Expression match(Expression operand) {
        int position = tokens.position();
        boolean negated = tokens.accept("not");
        return switch (tokens.expectAny("between", "in", "like", "ilike", "similar")) {
            case "between" -> between(operand, negated, position);
            case "in" -> in(operand, negated, position);
            case "like" -> like(Condition.Like.Kind.LIKE, operand, negated, position);
            case "ilike" -> like(Condition.Like.Kind.ILIKE, operand, negated, position);
            default -> {
                tokens.expect("to");
                yield like(Condition.Like.Kind.SIMILAR_TO, operand, negated, position);
            }
        };
    }

    private Expression between(Expression operand, boolean negated, int position) {
        boolean symmetric = tokens.accept("symmetric");
        if (!symmetric) {
            tokens.accept("asymmetric");
        }
        Expression low = restricted();
        tokens.expect("and");
        Expression high = climb(MATCH + 1, false);
        return new Condition.Between(operand, low, high, symmetric, negated, position);
    }

    private Expression in(Expression operand, boolean negated, int position) {
        tokens.expect("(");
        Node inner = grammar.primaries.queryOrExpression();
        if (inner instanceof Query query) {
            tokens.expect(")");
            return new Condition.InQuery(operand, query, negated, position);
        }
        List<Expression> values = listFrom((Expression) inner);
        tokens.expect(")");
        return new Condition.InList(operand, values, negated, position);
    }

    private Expression like(
            Condition.Like.Kind kind, Expression operand, boolean negated, int position) {
        if (kind != Condition.Like.Kind.SIMILAR_TO && isQuantifier(tokens.peek())) {
            String symbol =
                    (negated ? "!~~" : "~~") + (kind == Condition.Like.Kind.ILIKE ? "*" : "");
            return quantified(operand, new OperatorName(symbol, position), position);
        }
        Expression pattern = climb(MATCH + 1, false);
        Expression escape = tokens.accept("escape") ? climb(MATCH + 1, false) : null;
        return new Condition.Like(kind, operand, pattern, escape, negated, position);
    }

    /// Two rows before and behind OVERLAPS, or the first alone.
    Expression overlaps(Compound.Row left) {
        if (!tokens.at("overlaps")) {
            return left;
        }
        int position = tokens.next().position();
        if (!tokens.at("(") && !tokens.at("row")) {
            throw tokens.syntaxError();
        }
        Expression right = grammar.primaries.primary();
        if (!(right instanceof Compound.Row row)) {
            throw tokens.syntaxError();
        }
        checkPair(left, "left");
        checkPair(row, "right");
        return new Condition.Overlaps(left, row, position);
    }

    private static void checkPair(Compound.Row row, String side) {
        if (row.elements().size() != 2) {
            throw Tokens.refusal(
                    "wrong number of parameters on " + side + " side of OVERLAPS expression",
                    row.position());
        }
    }
}
