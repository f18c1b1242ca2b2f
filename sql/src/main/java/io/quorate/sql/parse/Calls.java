package io.quorate.sql.parse;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Expression.Argument;
import io.quorate.sql.parse.ast.Expression.FunctionCall;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.ast.Window;
import io.quorate.sql.parse.lex.KeywordClass;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls of functions, with what aggregates and windows add to them, and the functions with a
/// grammar of their own.
final class Calls {
    private final Grammar grammar;
    private final Tokens tokens;

    Calls(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// A call from its opening bracket on; or `name(modifiers) 'string'`, which is a typed literal.
    Expression call(QualifiedName name) {
        tokens.expect("(");
        if (tokens.accept("*")) {
            tokens.expect(")");
            return withSuffixes(name, List.of(), false, true, List.of());
        }
        boolean distinct = tokens.accept("distinct");
        boolean all = !distinct && tokens.accept("all");
        List<Argument> arguments = tokens.at(")") && !distinct && !all ? List.of() : arguments();
        List<SortItem> orderBy =
                !arguments.isEmpty() && tokens.at("order") ? grammar.queries.orderBy() : List.of();
        tokens.expect(")");
        if (tokens.at(TokenKind.STRING) && !distinct && !all && orderBy.isEmpty()) {
            return grammar.primaries.typedLiteral(
                    name, arguments.stream().map(Argument::value).toList());
        }
        return withSuffixes(name, arguments, distinct, false, orderBy);
    }

    /// A function whose grammar is its own: EXTRACT and the like; null if the word is none of them.
    @Nullable Expression special(Token word) {
        if (word.is("collation") && tokens.peek(1).is("for")) {
            return collationFor();
        }
        if (!tokens.peek(1).is("(")) {
            return null;
        }
        if (word.text().startsWith("xml")
                && word.keyword() != null
                && word.keyword().kind() == KeywordClass.COLUMN_NAME) {
            throw Tokens.refusal(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "XML functions are not supported",
                    word.position());
        }
        return switch (word.text()) {
            case "extract" -> extract();
            case "position" -> positionOf();
            case "substring" -> substring();
            case "overlay" -> overlay();
            case "trim" -> trim();
            case "normalize" -> normalize();
            case "treat" -> treat();
            default -> null;
        };
    }

    /// `[PARTITION BY …] [ORDER BY …] [frame]` in its brackets.
    Window.Specification windowSpecification() {
        int position = tokens.expect("(").position();
        Name base = null;
        if (tokens.peek().isColumnName() && !tokens.atAny("partition", "range", "rows", "groups")) {
            base = tokens.name();
        }
        List<Expression> partitionBy =
                tokens.accept("partition", "by") ? grammar.expressions.list() : List.of();
        List<SortItem> orderBy = grammar.queries.optionalOrderBy();
        Window.Frame frame = tokens.atAny("range", "rows", "groups") ? frame() : null;
        tokens.expect(")");
        return new Window.Specification(base, partitionBy, orderBy, frame, position);
    }

    private Expression withSuffixes(
            QualifiedName name,
            List<Argument> arguments,
            boolean distinct,
            boolean star,
            List<SortItem> orderBy) {
        List<SortItem> withinGroup = List.of();
        if (tokens.at("within", "group")) {
            refuseWithinGroup(arguments, distinct, orderBy);
            tokens.expect("within", "group");
            tokens.expect("(");
            withinGroup = grammar.queries.orderBy();
            tokens.expect(")");
        }
        Expression filter = null;
        if (tokens.at("filter", "(")) {
            tokens.expect("filter", "(");
            tokens.expect("where");
            filter = grammar.expressions.expression();
            tokens.expect(")");
        }
        Window over = tokens.at("over") ? over() : null;
        return new FunctionCall(
                name,
                arguments,
                distinct,
                star,
                orderBy,
                withinGroup,
                filter,
                over,
                FunctionCall.Syntax.CALL,
                name.position());
    }

    private void refuseWithinGroup(
            List<Argument> arguments, boolean distinct, List<SortItem> orderBy) {
        int position = tokens.position();
        if (!orderBy.isEmpty()) {
            throw Tokens.refusal(
                    "cannot use multiple ORDER BY clauses with WITHIN GROUP", position);
        }
        if (distinct) {
            throw Tokens.refusal("cannot use DISTINCT with WITHIN GROUP", position);
        }
        if (arguments.stream().anyMatch(Argument::variadic)) {
            throw Tokens.refusal("cannot use VARIADIC with WITHIN GROUP", position);
        }
    }

    private Argument argument() {
        Token first = tokens.peek();
        if (first.isTypeOrFunctionName() && (tokens.peek(1).is("=>") || tokens.peek(1).is(":="))) {
            tokens.next();
            tokens.next();
            return new Argument(
                    first.text(), grammar.expressions.expression(), false, first.position());
        }
        boolean variadic = tokens.accept("variadic");
        if (!variadic) {
            return Argument.positional(grammar.expressions.expression());
        }
        Argument array = argument();
        return new Argument(array.name(), array.value(), true, first.position());
    }

    /// One or more, of which VARIADIC is the last.
    private List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        do {
            arguments.add(argument());
        } while (!arguments.getLast().variadic() && tokens.accept(","));
        return arguments;
    }

    private Window over() {
        tokens.next();
        if (tokens.at("(")) {
            return windowSpecification();
        }
        Name name = tokens.name();
        return new Window.Named(name.text(), name.position());
    }

    private Window.Frame frame() {
        int position = tokens.position();
        Window.Unit unit =
                switch (tokens.expectAny("range", "rows", "groups")) {
                    case "range" -> Window.Unit.RANGE;
                    case "rows" -> Window.Unit.ROWS;
                    default -> Window.Unit.GROUPS;
                };
        boolean between = tokens.accept("between");
        Window.Bound start = bound();
        Window.Bound end = new Window.Bound(Window.BoundKind.CURRENT_ROW, null, start.position());
        if (between) {
            tokens.expect("and");
            end = bound();
        }
        checkFrame(start, end, between);
        return new Window.Frame(unit, start, end, exclusion(), position);
    }

    private static void checkFrame(Window.Bound start, Window.Bound end, boolean between) {
        String mistake = null;
        if (start.kind() == Window.BoundKind.UNBOUNDED_FOLLOWING) {
            mistake = "frame start cannot be UNBOUNDED FOLLOWING";
        } else if (!between && start.kind() == Window.BoundKind.FOLLOWING) {
            mistake = "frame starting from following row cannot end with current row";
        } else if (end.kind() == Window.BoundKind.UNBOUNDED_PRECEDING) {
            mistake = "frame end cannot be UNBOUNDED PRECEDING";
        } else if (start.kind() == Window.BoundKind.CURRENT_ROW
                && end.kind() == Window.BoundKind.PRECEDING) {
            mistake = "frame starting from current row cannot have preceding rows";
        } else if (start.kind() == Window.BoundKind.FOLLOWING
                && end.kind() == Window.BoundKind.CURRENT_ROW) {
            mistake = "frame starting from following row cannot have preceding rows";
        } else if (start.kind() == Window.BoundKind.FOLLOWING
                && end.kind() == Window.BoundKind.PRECEDING) {
            mistake = "frame starting from following row cannot have preceding rows";
        }
        if (mistake != null) {
            boolean ofStart = mistake.startsWith("frame start ") || !between;
            throw Tokens.refusal(
                    ErrorCode.WINDOWING_ERROR, mistake, (ofStart ? start : end).position());
        }
    }

    private Window.Bound bound() {
        int position = tokens.position();
        if (tokens.accept("unbounded", "preceding")) {
            return new Window.Bound(Window.BoundKind.UNBOUNDED_PRECEDING, null, position);
        }
        if (tokens.accept("unbounded", "following")) {
            return new Window.Bound(Window.BoundKind.UNBOUNDED_FOLLOWING, null, position);
        }
        if (tokens.accept("current", "row")) {
            return new Window.Bound(Window.BoundKind.CURRENT_ROW, null, position);
        }
        Expression offset = grammar.expressions.expression();
        Window.BoundKind kind =
                tokens.expectAny("preceding", "following").equals("preceding")
                        ? Window.BoundKind.PRECEDING
                        : Window.BoundKind.FOLLOWING;
        return new Window.Bound(kind, offset, position);
    }

    private Window.Exclusion exclusion() {
        if (!tokens.accept("exclude")) {
            return Window.Exclusion.NO_OTHERS;
        }
        if (tokens.accept("no")) {
            tokens.expect("others");
            return Window.Exclusion.NO_OTHERS;
        }
        if (tokens.accept("current", "row")) {
            return Window.Exclusion.CURRENT_ROW;
        }
        return tokens.expectAny("group", "ties").equals("group")
                ? Window.Exclusion.GROUP
                : Window.Exclusion.TIES;
    }

    /// `EXTRACT(field FROM source)`, where the field is a word or a string.
    private Expression extract() {
        int position = open();
        Token field = tokens.peek();
        if (field.kind() != TokenKind.STRING
                && field.kind() != TokenKind.IDENTIFIER
                && !isIntervalField(field)) {
            throw tokens.syntaxError();
        }
        tokens.next();
        tokens.expect("from");
        Expression source = grammar.expressions.expression();
        tokens.expect(")");
        Expression name = new Expression.StringLiteral(field.text(), field.position());
        return FunctionCall.special("extract", List.of(name, source), position);
    }

    private static boolean isIntervalField(Token field) {
        return field.is("year")
                || field.is("month")
                || field.is("day")
                || field.is("hour")
                || field.is("minute")
                || field.is("second");
    }

    /// `POSITION(part IN whole)`, whose arguments PostgreSQL turns around.
    private Expression positionOf() {
        int position = open();
        Expression part = grammar.expressions.restricted();
        tokens.expect("in");
        Expression whole = grammar.expressions.restricted();
        tokens.expect(")");
        return FunctionCall.special("position", List.of(whole, part), position);
    }

    /// `SUBSTRING(x FROM a FOR b)`, `SUBSTRING(x SIMILAR p ESCAPE e)`; with commas it is a call.
    private Expression substring() {
        int position = tokens.position();
        if (tokens.peek(2).is(")")) {
            Name name = tokens.label();
            return call(QualifiedName.system(name.text(), position));
        }
        open();
        Argument first = argument();
        if (first.name() != null || first.variadic() || tokens.at(",") || tokens.at(")")) {
            return plainSubstring(first, position);
        }
        Expression text = first.value();
        if (tokens.accept("similar")) {
            Expression pattern = grammar.expressions.expression();
            tokens.expect("escape");
            Expression escape = grammar.expressions.expression();
            tokens.expect(")");
            return FunctionCall.special("substring", List.of(text, pattern, escape), position);
        }
        Expression from = tokens.accept("from") ? grammar.expressions.expression() : null;
        Expression length = tokens.accept("for") ? grammar.expressions.expression() : null;
        if (from == null && length == null) {
            throw tokens.syntaxError();
        }
        if (from == null && tokens.accept("from")) {
            from = grammar.expressions.expression();
        }
        tokens.expect(")");
        List<Expression> arguments = new ArrayList<>();
        arguments.add(text);
        if (from != null) {
            arguments.add(from);
        } else {
            arguments.add(new Expression.NumberLiteral("1", position));
        }
        if (length != null) {
            arguments.add(from != null ? length : int4(length));
        }
        return FunctionCall.special("substring", arguments, position);
    }

    /// PostgreSQL casts a length without a start, so that no other `substring` is found.
    private static Expression int4(Expression length) {
        int position = length.position();
        return new Expression.Cast(length, TypeName.system("int4", position), position);
    }

    private Expression plainSubstring(Argument first, int position) {
        List<Argument> arguments = new ArrayList<>();
        arguments.add(first);
        while (tokens.accept(",")) {
            arguments.add(argument());
        }
        tokens.expect(")");
        return plain("substring", arguments, position);
    }

    private static FunctionCall plain(String name, List<Argument> arguments, int position) {
        return new FunctionCall(
                new QualifiedName(List.of(name), position),
                arguments,
                false,
                false,
                List.of(),
                List.of(),
                null,
                null,
                FunctionCall.Syntax.CALL,
                position);
    }

    /// `OVERLAY(x PLACING y FROM a [FOR b])`; with commas it is a call.
    private Expression overlay() {
        int position = open();
        if (tokens.at(")")) {
            return plainOverlay(new ArrayList<>(), position);
        }
        Argument first = argument();
        if (!tokens.accept("placing")) {
            List<Argument> arguments = new ArrayList<>();
            arguments.add(first);
            return plainOverlay(arguments, position);
        }
        List<Expression> arguments = new ArrayList<>();
        arguments.add(first.value());
        arguments.add(grammar.expressions.expression());
        tokens.expect("from");
        arguments.add(grammar.expressions.expression());
        if (tokens.accept("for")) {
            arguments.add(grammar.expressions.expression());
        }
        tokens.expect(")");
        return FunctionCall.special("overlay", arguments, position);
    }

    private Expression plainOverlay(List<Argument> arguments, int position) {
        while (tokens.accept(",")) {
            arguments.add(argument());
        }
        tokens.expect(")");
        return plain("overlay", arguments, position);
    }

    /// `TRIM([BOTH|LEADING|TRAILING] [characters] FROM text)`, also with a comma.
    private Expression trim() {
        int position = open();
        String name =
                tokens.accept("leading") ? "ltrim" : tokens.accept("trailing") ? "rtrim" : "btrim";
        if (name.equals("btrim")) {
            tokens.accept("both");
        }
        List<Expression> arguments;
        if (tokens.accept("from")) {
            arguments = grammar.expressions.list();
        } else {
            Expression first = grammar.expressions.expression();
            if (tokens.accept("from")) {
                arguments = new ArrayList<>(grammar.expressions.list());
                arguments.add(first);
            } else {
                arguments = grammar.expressions.listFrom(first);
            }
        }
        tokens.expect(")");
        return FunctionCall.special(name, arguments, position);
    }

    private Expression normalize() {
        int position = open();
        List<Expression> arguments = new ArrayList<>();
        arguments.add(grammar.expressions.expression());
        if (tokens.accept(",")) {
            int at = tokens.position();
            String form = grammar.expressions.normalForm();
            if (form == null) {
                throw tokens.syntaxError();
            }
            arguments.add(new Expression.StringLiteral(form, at));
        }
        tokens.expect(")");
        return FunctionCall.special("normalize", arguments, position);
    }

    /// `TREAT(x AS t)` calls the function that makes a `t`.
    private Expression treat() {
        int position = open();
        Expression operand = grammar.expressions.expression();
        tokens.expect("as");
        TypeName type = grammar.types.type();
        tokens.expect(")");
        return FunctionCall.special(type.name().last(), List.of(operand), position);
    }

    private Expression collationFor() {
        int position = tokens.next().position();
        tokens.expect("for", "(");
        Expression operand = grammar.expressions.expression();
        tokens.expect(")");
        return FunctionCall.special("pg_collation_for", List.of(operand), position);
    }

    private int open() {
        int position = tokens.next().position();
        tokens.expect("(");
        return position;
    }
}
