package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.Persistence;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Query.GroupingElement;
import io.quorate.sql.parse.ast.Query.Locking;
import io.quorate.sql.parse.ast.Query.SelectItem;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.Window;
import io.quorate.sql.parse.ast.With;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SELECT, VALUES, TABLE and set operations, with WITH before them and ORDER BY, LIMIT and FOR
/// UPDATE behind them.
final class Queries {
    private final Grammar grammar;
    private final Tokens tokens;

    Queries(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// Whether a query starts here without a bracket.
    boolean atStart() {
        return isStart(0);
    }

    /// Whether the first token behind all opening brackets here starts a query. It may still turn
    /// out to be the first operand of an expression.
    boolean atBracketedStart() {
        int ahead = 0;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        return ahead > 0 && isStart(ahead);
    }

    /// Whether a clause stands here that can follow a query in brackets.
    boolean atTail() {
        return tokens.atAny("union", "intersect", "except", "order", "limit", "offset", "fetch")
                || (tokens.at("for") && isLockStrength(tokens.peek(1)));
    }

    /// A query with all its clauses, in brackets or not.
    Query query() {
        With with = tokens.at("with") ? with() : null;
        return queryAfter(with);
    }

    /// A query whose WITH has been read already.
    Query queryAfter(@Nullable With with) {
        tokens.enter();
        Query plain = setOperations(operand(), 1);
        Query query = tail(plain, with);
        tokens.leave();
        return query;
    }

    /// The rest of a query whose first operand, in brackets, has been read already.
    Query continued(Query first) {
        tokens.enter();
        Query query = tail(setOperations(first, 1), null);
        tokens.leave();
        return query;
    }

    /// `(query)`.
    Query bracketedQuery() {
        tokens.enter();
        tokens.expect("(");
        Query query = query();
        tokens.expect(")");
        tokens.leave();
        return query;
    }

    With with() {
        int position = tokens.expect("with").position();
        boolean recursive = tokens.accept("recursive");
        return new With(recursive, grammar.names.commaList(this::commonTable), position);
    }

    List<SortItem> optionalOrderBy() {
        return tokens.at("order") ? orderBy() : List.of();
    }

    /// `ORDER BY a, b`.
    List<SortItem> orderBy() {
        tokens.expect("order", "by");
        return grammar.names.commaList(this::sortItem);
    }

    /// A select list, or the list of RETURNING.
    List<SelectItem> selectItems() {
        return grammar.names.commaList(this::selectItem);
    }

    SortItem.Direction direction() {
        if (tokens.accept("asc")) {
            return SortItem.Direction.ASCENDING;
        }
        return tokens.accept("desc") ? SortItem.Direction.DESCENDING : SortItem.Direction.DEFAULT;
    }

    SortItem.Nulls nulls() {
        if (tokens.accept("nulls", "first")) {
            return SortItem.Nulls.FIRST;
        }
        return tokens.accept("nulls", "last") ? SortItem.Nulls.LAST : SortItem.Nulls.DEFAULT;
    }

    /// `[TEMP|UNLOGGED]` before TABLE, VIEW and others.
    Persistence persistence() {
        if (tokens.accept("unlogged")) {
            return Persistence.UNLOGGED;
        }
        if (tokens.atAny("local", "global")
                && (tokens.peek(1).is("temp") || tokens.peek(1).is("temporary"))) {
            tokens.next();
        }
        return tokens.accept("temp") || tokens.accept("temporary")
                ? Persistence.TEMPORARY
                : Persistence.PERMANENT;
    }

    private boolean isStart(int ahead) {
        Token token = tokens.peek(ahead);
        return token.is("select")
                || token.is("with")
                || token.is("table")
                || (token.is("values") && tokens.peek(ahead + 1).is("("));
    }

    /// UNION and EXCEPT are level 1, INTERSECT is level 2; all lean to the left.
    private Query setOperations(Query first, int level) {
        Query left = first;
        while (true) {
            Token operator = tokens.peek();
            int found = operator.is("intersect") ? 2 : isUnionOrExcept(operator) ? 1 : 0;
            if (found < level || found == 0) {
                return left;
            }
            tokens.next();
            boolean all = tokens.accept("all");
            if (!all) {
                tokens.accept("distinct");
            }
            Query right = setOperations(operand(), found + 1);
            Query.SetKind kind =
                    switch (operator.text()) {
                        case "union" -> Query.SetKind.UNION;
                        case "except" -> Query.SetKind.EXCEPT;
                        default -> Query.SetKind.INTERSECT;
                    };
            left = Query.of(new Query.SetOperation(kind, all, left, right, operator.position()));
            tokens.grow();
        }
    }

    private static boolean isUnionOrExcept(Token token) {
        return token.is("union") || token.is("except");
    }

    private Query operand() {
        if (tokens.at("(")) {
            return bracketedQuery();
        }
        int position = tokens.position();
        return switch (tokens.expectAny("select", "values", "table")) {
            case "select" -> Query.of(select(position));
            case "values" -> Query.of(values(position));
            default -> Query.of(table(position));
        };
    }

    /// ORDER BY, LIMIT and FOR, in either order of the last two. What a query in brackets already
    /// has may not be said again outside.
    private Query tail(Query inner, @Nullable With with) {
        if (with != null && inner.with() != null) {
            throw Tokens.refusal("multiple WITH clauses not allowed", inner.with().position());
        }
        With allWith = with != null ? with : inner.with();
        List<SortItem> orderBy = inner.orderBy();
        if (tokens.at("order")) {
            List<SortItem> outer = orderBy();
            if (!orderBy.isEmpty()) {
                throw Tokens.refusal(
                        "multiple ORDER BY clauses not allowed", outer.getFirst().position());
            }
            orderBy = outer;
        }
        List<Locking> locking = new ArrayList<>(inner.locking());
        locking(locking);
        Limits limits = limits(new Limits(inner.limit(), inner.withTies(), inner.offset()));
        locking(locking);
        if (limits.withTies() && orderBy.isEmpty()) {
            throw Tokens.refusal("WITH TIES cannot be specified without ORDER BY clause", 0);
        }
        int position = with != null ? with.position() : inner.position();
        return new Query(
                allWith,
                inner.body(),
                orderBy,
                limits.limit(),
                limits.withTies(),
                limits.offset(),
                locking,
                position);
    }

    private record Limits(
            @Nullable Expression limit, boolean withTies, @Nullable Expression offset) {}

    private Limits limits(Limits inner) {
        Limits limits = inner;
        boolean limited = false;
        boolean skipped = false;
        while (true) {
            if (tokens.at("limit") && !limited) {
                limited = true;
                limits = limit(limits);
            } else if (tokens.at("fetch") && !limited) {
                limited = true;
                limits = fetch(limits);
            } else if (tokens.at("offset") && !skipped) {
                skipped = true;
                limits = offset(limits);
            } else {
                return limits;
            }
        }
    }

    private Limits limit(Limits before) {
        int position = tokens.expect("limit").position();
        Expression count = tokens.accept("all") ? null : grammar.expressions.expression();
        if (tokens.at(",")) {
            throw Tokens.refusal("LIMIT #,# syntax is not supported", position)
                    .withHint("Use separate LIMIT and OFFSET clauses.");
        }
        return new Limits(once(before.limit(), count, "LIMIT"), false, before.offset());
    }

    private Limits fetch(Limits before) {
        int position = tokens.expect("fetch").position();
        tokens.expectAny("first", "next");
        Expression count =
                tokens.atAny("row", "rows")
                        ? new Expression.NumberLiteral("1", position)
                        : fetchCount();
        tokens.expectAny("row", "rows");
        boolean withTies = tokens.accept("with", "ties");
        if (!withTies) {
            tokens.expect("only");
        }
        return new Limits(once(before.limit(), count, "LIMIT"), withTies, before.offset());
    }

    /// A constant with its sign, or an expression without operators.
    private Expression fetchCount() {
        if (tokens.atAny("+", "-")) {
            int position = tokens.position();
            return new Expression.NumberLiteral(tokens.signedNumber(), position);
        }
        return grammar.primaries.primary();
    }

    private Limits offset(Limits before) {
        tokens.expect("offset");
        Expression count = grammar.expressions.expression();
        if (!tokens.accept("row")) {
            tokens.accept("rows");
        }
        return new Limits(
                before.limit(), before.withTies(), once(before.offset(), count, "OFFSET"));
    }

    private static @Nullable Expression once(
            @Nullable Expression before, @Nullable Expression now, String clause) {
        if (before != null && now != null) {
            throw Tokens.refusal("multiple " + clause + " clauses not allowed", now.position());
        }
        return now != null ? now : before;
    }

    private void locking(List<Locking> clauses) {
        if (tokens.accept("for", "read", "only")) {
            return;
        }
        while (tokens.at("for") && isLockStrength(tokens.peek(1))) {
            clauses.add(lockingClause());
        }
        if (tokens.at("for")) {
            tokens.halfRead(1);
        }
    }

    private static boolean isLockStrength(Token token) {
        return token.is("update")
                || token.is("no")
                || token.is("share")
                || token.is("key")
                || token.is("read");
    }

    private Locking lockingClause() {
        int position = tokens.expect("for").position();
        Locking.Strength strength =
                switch (tokens.expectAny("update", "no", "share", "key")) {
                    case "update" -> Locking.Strength.UPDATE;
                    case "share" -> Locking.Strength.SHARE;
                    case "no" -> {
                        tokens.expect("key", "update");
                        yield Locking.Strength.NO_KEY_UPDATE;
                    }
                    default -> {
                        tokens.expect("share");
                        yield Locking.Strength.KEY_SHARE;
                    }
                };
        List<QualifiedName> tables =
                tokens.accept("of") ? grammar.names.qualifiedList() : List.of();
        Locking.Wait waiting = Locking.Wait.BLOCK;
        if (tokens.accept("nowait")) {
            waiting = Locking.Wait.NOWAIT;
        } else if (tokens.accept("skip", "locked")) {
            waiting = Locking.Wait.SKIP_LOCKED;
        }
        return new Locking(strength, tables, waiting, position);
    }

    private Query.Select select(int position) {
        Query.Distinct distinct = null;
        if (tokens.at("distinct")) {
            int at = tokens.next().position();
            List<Expression> on = List.of();
            if (tokens.accept("on")) {
                tokens.expect("(");
                on = grammar.expressions.list();
                tokens.expect(")");
            }
            distinct = new Query.Distinct(on, at);
        } else {
            tokens.accept("all");
        }
        boolean bare = distinct == null && atEndOfSelectList();
        List<SelectItem> items = bare ? List.of() : selectItems();
        Query.Into into = tokens.at("into") ? into() : null;
        List<TableExpression> from = tokens.accept("from") ? grammar.from.list() : List.of();
        Expression where = tokens.accept("where") ? grammar.expressions.expression() : null;
        Query.GroupBy groupBy = tokens.at("group", "by") ? groupBy() : null;
        Expression having = tokens.accept("having") ? grammar.expressions.expression() : null;
        List<Window.Definition> windows =
                tokens.accept("window")
                        ? grammar.names.commaList(this::windowDefinition)
                        : List.of();
        return new Query.Select(
                distinct, items, into, from, where, groupBy, having, windows, position);
    }

    /// `SELECT FROM t` and even `SELECT` alone are good.
    private boolean atEndOfSelectList() {
        return tokens.at(TokenKind.END)
                || tokens.atAny("from", ";", ")", "into", "where", "group", "having", "window")
                || tokens.atAny("on", "with", "returning")
                || atTail();
    }

    private SelectItem selectItem() {
        int position = tokens.position();
        if (tokens.accept("*")) {
            return new SelectItem(new Expression.Star(List.of(), position), null, position);
        }
        Expression expression = grammar.expressions.expression();
        if (tokens.accept("as")) {
            return new SelectItem(expression, tokens.label(), position);
        }
        Name alias = tokens.peek().isBareLabel() ? tokens.label() : null;
        return new SelectItem(expression, alias, position);
    }

    private Query.Into into() {
        int position = tokens.expect("into").position();
        Persistence persistence = persistence();
        tokens.accept("table");
        return new Query.Into(grammar.names.qualified(), persistence, position);
    }

    private Query.GroupBy groupBy() {
        int position = tokens.position();
        tokens.expect("group", "by");
        boolean distinct = tokens.accept("distinct");
        if (!distinct) {
            tokens.accept("all");
        }
        return new Query.GroupBy(
                distinct, grammar.names.commaList(this::groupingElement), position);
    }

    private GroupingElement groupingElement() {
        int position = tokens.position();
        if (tokens.accept("grouping", "sets")) {
            tokens.enter();
            tokens.expect("(");
            List<GroupingElement> elements = grammar.names.commaList(this::groupingElement);
            tokens.expect(")");
            tokens.leave();
            return new GroupingElement.Sets(elements, position);
        }
        if (tokens.accept("rollup", "(")) {
            List<Expression> expressions = grammar.expressions.list();
            tokens.expect(")");
            return new GroupingElement.Rollup(expressions, position);
        }
        if (tokens.accept("cube", "(")) {
            List<Expression> expressions = grammar.expressions.list();
            tokens.expect(")");
            return new GroupingElement.Cube(expressions, position);
        }
        if (tokens.accept("(", ")")) {
            return new GroupingElement.Empty(position);
        }
        return new GroupingElement.Simple(grammar.expressions.expression(), position);
    }

    private Window.Definition windowDefinition() {
        Name name = tokens.name();
        tokens.expect("as");
        return new Window.Definition(name, grammar.calls.windowSpecification());
    }

    private Query.Values values(int position) {
        return new Query.Values(grammar.names.commaList(this::valuesRow), position);
    }

    private Compound.Row valuesRow() {
        int position = tokens.expect("(").position();
        List<Expression> values = grammar.expressions.list();
        tokens.expect(")");
        return new Compound.Row(values, false, position);
    }

    private Query.Select table(int position) {
        TableExpression table = grammar.from.relation();
        SelectItem all = new SelectItem(new Expression.Star(List.of(), position), null, position);
        return new Query.Select(
                null, List.of(all), null, List.of(table), null, null, null, List.of(), position);
    }

    private SortItem sortItem() {
        int position = tokens.position();
        Expression expression = grammar.expressions.expression();
        if (tokens.accept("using")) {
            OperatorName operator = grammar.names.operator();
            return new SortItem(
                    expression, SortItem.Direction.DEFAULT, operator, nulls(), position);
        }
        SortItem.Direction direction = direction();
        return new SortItem(expression, direction, null, nulls(), position);
    }

    private With.CommonTable commonTable() {
        Name name = tokens.name();
        List<Name> columns = grammar.names.optionalBracketedNames();
        tokens.expect("as");
        With.Materialization materialization = With.Materialization.DEFAULT;
        if (tokens.accept("materialized")) {
            materialization = With.Materialization.MATERIALIZED;
        } else if (tokens.accept("not", "materialized")) {
            materialization = With.Materialization.NOT_MATERIALIZED;
        }
        tokens.enter();
        tokens.expect("(");
        Statement statement = grammar.data.queryOrChange();
        tokens.expect(")");
        tokens.leave();
        With.Search search = tokens.at("search") ? search() : null;
        With.Cycle cycle = tokens.at("cycle") ? cycle() : null;
        return new With.CommonTable(name, columns, materialization, statement, search, cycle);
    }

    private With.Search search() {
        int position = tokens.expect("search").position();
        boolean breadth = tokens.expectAny("depth", "breadth").equals("breadth");
        tokens.expect("first", "by");
        List<Name> by = grammar.names.nameList();
        tokens.expect("set");
        return new With.Search(breadth, by, tokens.name(), position);
    }

    private With.Cycle cycle() {
        int position = tokens.expect("cycle").position();
        List<Name> columns = grammar.names.nameList();
        tokens.expect("set");
        Name mark = tokens.name();
        Expression value = new Expression.BooleanLiteral(true, position);
        Expression otherwise = new Expression.BooleanLiteral(false, position);
        if (tokens.accept("to")) {
            value = grammar.primaries.primary();
            tokens.expect("default");
            otherwise = grammar.primaries.primary();
        }
        tokens.expect("using");
        return new With.Cycle(columns, mark, value, otherwise, tokens.name(), position);
    }
}
