package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Node;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.TableExpression.ColumnType;
import io.quorate.sql.parse.ast.TableExpression.FunctionTable;
import io.quorate.sql.parse.ast.TableExpression.Join;
import io.quorate.sql.parse.ast.TableExpression.JoinKind;
import io.quorate.sql.parse.ast.TableExpression.Subquery;
import io.quorate.sql.parse.ast.TableExpression.TableAlias;
import io.quorate.sql.parse.ast.TableExpression.TableFunction;
import io.quorate.sql.parse.ast.TableExpression.TableReference;
import io.quorate.sql.parse.ast.TableExpression.TableSample;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tables, joins, subqueries and functions in FROM.
final class FromClause {
    private final Grammar grammar;
    private final Tokens tokens;

    FromClause(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// `a, b JOIN c …`.
    List<TableExpression> list() {
        return grammar.names.commaList(this::element);
    }

    /// One element, with all its joins.
    TableExpression element() {
        tokens.enter();
        TableExpression element = joins(operand());
        tokens.leave();
        return element;
    }

    /// `[ONLY] name [*]`, without alias.
    TableReference relation() {
        int position = tokens.position();
        boolean only = tokens.accept("only");
        boolean bracket = only && tokens.accept("(");
        QualifiedName name = grammar.names.qualified();
        if (bracket) {
            tokens.expect(")");
        }
        if (!only) {
            tokens.accept("*");
        }
        return new TableReference(name, only, null, null, position);
    }

    /// `[ONLY] name [[AS] alias]`: the target of UPDATE, DELETE and MERGE.
    TableReference target() {
        TableReference table = relation();
        Name alias = null;
        if (tokens.accept("as")) {
            alias = tokens.name();
        } else if (tokens.peek().isColumnName() && !tokens.at("set")) {
            alias = tokens.name();
        }
        return alias == null
                ? table
                : new TableReference(
                        table.name(),
                        table.only(),
                        new TableAlias(alias, List.of()),
                        null,
                        table.position());
    }

    private TableExpression joins(TableExpression first) {
        TableExpression left = first;
        while (true) {
            int position = tokens.position();
            if (tokens.accept("cross", "join")) {
                TableExpression right = operand();
                left =
                        new Join(
                                JoinKind.CROSS,
                                false,
                                left,
                                right,
                                null,
                                List.of(),
                                null,
                                null,
                                position);
            } else if (tokens.accept("natural")) {
                JoinKind kind = joinKind();
                TableExpression right = operand();
                left = new Join(kind, true, left, right, null, List.of(), null, null, position);
            } else if (tokens.atAny("join", "inner", "left", "right", "full")) {
                left = qualifiedJoin(left, position);
            } else {
                return left;
            }
            tokens.grow();
        }
    }

    private Join qualifiedJoin(TableExpression left, int position) {
        JoinKind kind = joinKind();
        tokens.enter();
        TableExpression right = joins(operand());
        tokens.leave();
        if (tokens.accept("using")) {
            List<Name> columns = grammar.names.bracketedNames();
            Name alias = tokens.accept("as") ? tokens.name() : null;
            return new Join(kind, false, left, right, null, columns, alias, null, position);
        }
        tokens.expect("on");
        Expression condition = grammar.expressions.expression();
        return new Join(kind, false, left, right, condition, List.of(), null, null, position);
    }

    private JoinKind joinKind() {
        JoinKind kind = JoinKind.INNER;
        if (!tokens.accept("inner") && tokens.atAny("left", "right", "full")) {
            kind =
                    switch (tokens.next().text()) {
                        case "left" -> JoinKind.LEFT;
                        case "right" -> JoinKind.RIGHT;
                        default -> JoinKind.FULL;
                    };
            tokens.accept("outer");
        }
        tokens.expect("join");
        return kind;
    }

    private TableExpression operand() {
        if (tokens.at("(")) {
            int open = tokens.position();
            Node inner = brackets();
            return inner instanceof Query query
                    ? subquery(query, false, open)
                    : aliased((TableExpression) inner);
        }
        int position = tokens.position();
        boolean lateral = tokens.accept("lateral");
        if (lateral && tokens.at("(")) {
            return subquery(grammar.queries.bracketedQuery(), true, position);
        }
        if (tokens.at("rows", "from") && tokens.peek(2).is("(")) {
            return rowsFrom(lateral, position);
        }
        if (lateral || atFunction()) {
            return function(lateral, position);
        }
        TableReference table = relation();
        TableAlias alias = alias();
        TableSample sample = tokens.at("tablesample") ? sample() : null;
        return new TableReference(table.name(), table.only(), alias, sample, position);
    }

    /// Brackets around a query, in which case the closing one has been read, or around a join.
    private Node brackets() {
        tokens.enter();
        int position = tokens.expect("(").position();
        Node inner = insideBrackets(position);
        tokens.expect(")");
        tokens.leave();
        return inner;
    }

    private Node insideBrackets(int position) {
        if (grammar.queries.atStart()) {
            return grammar.queries.query();
        }
        if (!tokens.at("(") || !grammar.queries.atBracketedStart()) {
            return joined(element());
        }
        Node inner = brackets();
        if (inner instanceof Query query) {
            if (grammar.queries.atTail()) {
                return grammar.queries.continued(query);
            }
            if (tokens.at(")")) {
                return query;
            }
            return joined(joins(subquery(query, false, position)));
        }
        return joined(joins(aliased((TableExpression) inner)));
    }

    /// Brackets without a query must hold a join.
    private Join joined(TableExpression inner) {
        if (!(inner instanceof Join join)) {
            throw tokens.syntaxError();
        }
        return join;
    }

    private TableExpression aliased(TableExpression inner) {
        TableAlias alias = alias();
        if (alias == null || !(inner instanceof Join join)) {
            return inner;
        }
        return new Join(
                join.kind(),
                join.natural(),
                join.left(),
                join.right(),
                join.condition(),
                join.using(),
                join.usingAlias(),
                alias,
                join.position());
    }

    private Subquery subquery(Query query, boolean lateral, int position) {
        TableAlias alias = alias();
        if (alias == null) {
            boolean values = query.body() instanceof Query.Values;
            throw Tokens.refusal(
                            (values ? "VALUES" : "subquery") + " in FROM must have an alias",
                            position)
                    .withHint(
                            "For example, FROM ("
                                    + (values ? "VALUES" : "SELECT")
                                    + " ...) [AS] foo.");
        }
        return new Subquery(query, lateral, alias, position);
    }

    private @Nullable TableAlias alias() {
        if (!tokens.accept("as") && !tokens.peek().isColumnName()) {
            return null;
        }
        Name name = tokens.name();
        return new TableAlias(name, grammar.names.optionalBracketedNames());
    }

    /// Whether a name with an opening bracket behind it stands here, or a function of the grammar.
    private boolean atFunction() {
        Token token = tokens.peek();
        if (token.is("only")) {
            return false;
        }
        if (!token.isColumnName()) {
            return token.kind() == TokenKind.KEYWORD && !token.is("select");
        }
        int ahead = 1;
        while (tokens.peek(ahead).is(".") && tokens.peek(ahead + 1).isLabel()) {
            ahead += 2;
        }
        return tokens.peek(ahead).is("(");
    }

    private FunctionTable function(boolean lateral, int position) {
        Expression call = call();
        boolean ordinality = tokens.accept("with", "ordinality");
        if (tokens.at("as", "(")) {
            tokens.next();
            TableFunction function = new TableFunction(call, columnTypes(), position);
            return new FunctionTable(List.of(function), false, lateral, ordinality, null, position);
        }
        boolean named = tokens.accept("as") || tokens.peek().isColumnName();
        if (!named) {
            return functionTable(call, List.of(), lateral, ordinality, null, position);
        }
        Name name = tokens.name();
        if (tokens.at("(") && !tokens.peek(2).is(",") && !tokens.peek(2).is(")")) {
            TableAlias alias = new TableAlias(name, List.of());
            return functionTable(call, columnTypes(), lateral, ordinality, alias, position);
        }
        TableAlias alias = new TableAlias(name, grammar.names.optionalBracketedNames());
        return functionTable(call, List.of(), lateral, ordinality, alias, position);
    }

    private static FunctionTable functionTable(
            Expression call,
            List<ColumnType> columns,
            boolean lateral,
            boolean ordinality,
            @Nullable TableAlias alias,
            int position) {
        return new FunctionTable(
                List.of(new TableFunction(call, columns, position)),
                false,
                lateral,
                ordinality,
                alias,
                position);
    }

    private FunctionTable rowsFrom(boolean lateral, int position) {
        tokens.expect("rows", "from");
        tokens.expect("(");
        List<TableFunction> functions =
                grammar.names.commaList(() -> {
                    int at = tokens.position();
                    Expression call = call();
                    List<ColumnType> columns = tokens.accept("as") ? columnTypes() : List.of();
                    return new TableFunction(call, columns, at);
                });
        tokens.expect(")");
        boolean ordinality = tokens.accept("with", "ordinality");
        return new FunctionTable(functions, true, lateral, ordinality, alias(), position);
    }

    /// A function without the suffixes of aggregates, or one that is called without brackets.
    private Expression call() {
        Token first = tokens.peek();
        Expression call = grammar.primaries.primary();
        if (call instanceof Expression.FunctionCall || call instanceof Compound) {
            return call;
        }
        throw tokens.syntaxError(first.kind() == TokenKind.KEYWORD ? first : tokens.peek());
    }

    private List<ColumnType> columnTypes() {
        tokens.expect("(");
        List<ColumnType> columns = new ArrayList<>();
        do {
            Name name = tokens.name();
            TypeName type = grammar.types.type();
            QualifiedName collation = tokens.accept("collate") ? grammar.names.qualified() : null;
            columns.add(new ColumnType(name, type, collation));
        } while (tokens.accept(","));
        tokens.expect(")");
        return columns;
    }

    private TableSample sample() {
        int position = tokens.expect("tablesample").position();
        if (!tokens.peek().isTypeOrFunctionName()) {
            throw tokens.syntaxError();
        }
        QualifiedName method = grammar.names.dotted(tokens.label());
        tokens.expect("(");
        List<Expression> arguments = grammar.expressions.list();
        tokens.expect(")");
        Expression seed = null;
        if (tokens.accept("repeatable")) {
            tokens.expect("(");
            seed = grammar.expressions.expression();
            tokens.expect(")");
        }
        return new TableSample(method, arguments, seed, position);
    }
}
