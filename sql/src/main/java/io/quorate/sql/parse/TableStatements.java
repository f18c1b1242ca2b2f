package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.ast.Persistence;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.parse.ast.TableStatement.ColumnDefinition;
import io.quorate.sql.parse.ast.TableStatement.IndexElement;
import io.quorate.sql.parse.ast.TableStatement.OnCommit;
import io.quorate.sql.parse.ast.TableStatement.PartitionBound;
import io.quorate.sql.parse.ast.TableStatement.PartitionBy;
import io.quorate.sql.parse.ast.TableStatement.PartitionOf;
import io.quorate.sql.parse.ast.TableStatement.TableElement;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// CREATE TABLE, CREATE TABLE AS, CREATE MATERIALIZED VIEW and CREATE INDEX.
final class TableStatements {
    private static final List<String> LIKE_OPTIONS =
            List.of(
                    "comments",
                    "compression",
                    "constraints",
                    "defaults",
                    "generated",
                    "identity",
                    "indexes",
                    "statistics",
                    "storage");

    private final Grammar grammar;
    private final Tokens tokens;

    TableStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// What follows CREATE and the persistence, from TABLE on.
    Statement createTable(Persistence persistence, int position) {
        tokens.expect("table");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        QualifiedName name = grammar.names.qualified();
        if (tokens.accept("partition", "of")) {
            return partition(persistence, ifNotExists, name, position);
        }
        TypeName ofType = tokens.accept("of") ? grammar.types.named() : null;
        if (ofType == null && atNamesOfQuery()) {
            List<Name> columns = grammar.names.optionalBracketedNames();
            return createTableAs(persistence, ifNotExists, name, columns, position);
        }
        List<TableElement> elements = List.of();
        if (ofType == null || tokens.at("(")) {
            elements = elements(ofType != null);
        }
        List<QualifiedName> inherits = List.of();
        if (ofType == null && tokens.accept("inherits")) {
            tokens.expect("(");
            inherits = grammar.names.qualifiedList();
            tokens.expect(")");
        }
        PartitionBy partitionBy = tokens.at("partition") ? partitionBy() : null;
        Storage storage = storage();
        return new TableStatement.CreateTable(
                persistence,
                ifNotExists,
                name,
                elements,
                inherits,
                ofType,
                null,
                partitionBy,
                storage.method,
                storage.options,
                storage.onCommit,
                storage.tablespace,
                position);
    }

    /// What follows CREATE, from MATERIALIZED VIEW on.
    Statement createMaterializedView(Persistence persistence, int position) {
        tokens.expect("materialized", "view");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        QualifiedName name = grammar.names.qualified();
        List<Name> columns = grammar.names.optionalBracketedNames();
        Storage storage = storage();
        tokens.expect("as");
        Query query = grammar.queries.query();
        return new TableStatement.CreateTableAs(
                true,
                persistence,
                ifNotExists,
                name,
                columns,
                storage.method,
                storage.options,
                OnCommit.NONE,
                storage.tablespace,
                query,
                withData(),
                position);
    }

    /// What follows CREATE, from [UNIQUE] INDEX on.
    Statement createIndex(int position) {
        boolean unique = tokens.accept("unique");
        tokens.expect("index");
        boolean concurrently = tokens.accept("concurrently");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        Name name = ifNotExists || !tokens.at("on") ? tokens.name() : null;
        tokens.expect("on");
        boolean only = tokens.accept("only");
        QualifiedName table = grammar.names.qualified();
        String method = tokens.accept("using") ? tokens.name().text() : "btree";
        List<IndexElement> elements = indexElements();
        List<IndexElement> include = tokens.accept("include") ? indexElements() : List.of();
        boolean nullsNotDistinct = grammar.constraints.nullsNotDistinct();
        List<Option> storage = grammar.options.storage();
        Name tablespace = tokens.accept("tablespace") ? tokens.name() : null;
        Expression where = tokens.accept("where") ? grammar.expressions.expression() : null;
        return new TableStatement.CreateIndex(
                unique,
                concurrently,
                ifNotExists,
                name,
                table,
                only,
                method,
                elements,
                include,
                nullsNotDistinct,
                storage,
                tablespace,
                where,
                position);
    }

    /// `WITH [NO] DATA`; true is the default.
    boolean withData() {
        if (tokens.accept("with", "no", "data")) {
            return false;
        }
        tokens.accept("with", "data");
        return true;
    }

    ColumnDefinition column() {
        Name name = tokens.name();
        return columnRest(name, grammar.types.type());
    }

    /// `(a, lower(b) COLLATE c DESC, …)`.
    List<IndexElement> indexElements() {
        tokens.expect("(");
        List<IndexElement> elements = grammar.names.commaList(this::indexElement);
        tokens.expect(")");
        return elements;
    }

    IndexElement indexElement() {
        int position = tokens.position();
        Expression expression = indexExpression();
        QualifiedName collation = tokens.accept("collate") ? grammar.names.qualified() : null;
        QualifiedName operatorClass = null;
        List<Option> options = List.of();
        if (tokens.peek().isColumnName() && !tokens.at("nulls")) {
            operatorClass = grammar.names.qualified();
            options = tokens.at("(") ? grammar.options.parameters() : List.of();
        }
        SortItem.Direction direction = grammar.queries.direction();
        return new IndexElement(
                expression,
                collation,
                operatorClass,
                options,
                direction,
                grammar.queries.nulls(),
                position);
    }

    /// `FOR VALUES …` or DEFAULT.
    PartitionBound partitionBound() {
        int position = tokens.position();
        if (tokens.accept("default")) {
            return new PartitionBound.Default(position);
        }
        tokens.expect("for", "values");
        if (tokens.accept("in")) {
            return new PartitionBound.In(bracketedList(), position);
        }
        if (tokens.accept("from")) {
            List<Expression> from = bracketedList();
            tokens.expect("to");
            return new PartitionBound.Range(from, bracketedList(), position);
        }
        tokens.expect("with");
        tokens.expect("(");
        tokens.expectWord("modulus");
        int modulus = tokens.integer();
        tokens.expect(",");
        tokens.expectWord("remainder");
        int remainder = tokens.integer();
        tokens.expect(")");
        return new PartitionBound.Hash(modulus, remainder, position);
    }

    private Statement partition(
            Persistence persistence, boolean ifNotExists, QualifiedName name, int position) {
        QualifiedName parent = grammar.names.qualified();
        List<TableElement> elements = tokens.at("(") ? elements(true) : List.of();
        PartitionOf of = new PartitionOf(parent, partitionBound());
        PartitionBy by = tokens.at("partition") ? partitionBy() : null;
        Storage storage = storage();
        return new TableStatement.CreateTable(
                persistence,
                ifNotExists,
                name,
                elements,
                List.of(),
                null,
                of,
                by,
                storage.method,
                storage.options,
                storage.onCommit,
                storage.tablespace,
                position);
    }

    /// Whether what stands here belongs to CREATE TABLE AS: a list of mere names, or no list.
    private boolean atNamesOfQuery() {
        if (!tokens.at("(")) {
            return true;
        }
        Token behind = tokens.peek(2);
        return tokens.peek(1).isColumnName() && (behind.is(",") || behind.is(")"));
    }

    private Statement createTableAs(
            Persistence persistence,
            boolean ifNotExists,
            QualifiedName name,
            List<Name> columns,
            int position) {
        Storage storage = storage();
        tokens.expect("as");
        Statement source =
                tokens.at("execute") ? grammar.utilities.execute() : grammar.queries.query();
        return new TableStatement.CreateTableAs(
                false,
                persistence,
                ifNotExists,
                name,
                columns,
                storage.method,
                storage.options,
                storage.onCommit,
                storage.tablespace,
                source,
                withData(),
                position);
    }

    /// @param typed whether the columns have their types from elsewhere
    private List<TableElement> elements(boolean typed) {
        tokens.expect("(");
        List<TableElement> elements = List.of();
        if (typed || !tokens.at(")")) {
            elements = grammar.names.commaList(() -> element(typed));
        }
        tokens.expect(")");
        return elements;
    }

    private TableElement element(boolean typed) {
        int position = tokens.position();
        if (grammar.constraints.atTableConstraint()) {
            return new TableStatement.TableConstraint(grammar.constraints.ofTable(), position);
        }
        if (!typed && tokens.at("like")) {
            return like();
        }
        if (!typed) {
            return column();
        }
        Name name = tokens.name();
        tokens.accept("with", "options");
        return columnRest(name, null);
    }

    private ColumnDefinition columnRest(Name name, @Nullable TypeName type) {
        if (type != null && tokens.accept("compression")) {
            tokens.label();
        }
        QualifiedName collation = null;
        List<Constraint> constraints = new ArrayList<>(grammar.constraints.ofColumn());
        while (tokens.accept("collate")) {
            if (collation != null) {
                throw Tokens.refusal(
                        "multiple COLLATE clauses not allowed", tokens.previous().position());
            }
            collation = grammar.names.qualified();
            constraints.addAll(grammar.constraints.ofColumn());
        }
        return new ColumnDefinition(name, type, collation, constraints, name.position());
    }

    private TableElement like() {
        int position = tokens.expect("like").position();
        QualifiedName table = grammar.names.qualified();
        TreeSet<String> including = new TreeSet<>();
        while (tokens.atAny("including", "excluding")) {
            boolean add = tokens.next().is("including");
            String what = tokens.accept("all") ? "all" : likeOption();
            List<String> chosen = what.equals("all") ? LIKE_OPTIONS : List.of(what);
            if (add) {
                including.addAll(chosen);
            } else {
                including.removeAll(chosen);
            }
        }
        return new TableStatement.Like(
                table,
                including.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList(),
                position);
    }

    private String likeOption() {
        return tokens.expectAny(LIKE_OPTIONS.toArray(String[]::new));
    }

    private PartitionBy partitionBy() {
        int position = tokens.expect("partition").position();
        tokens.expect("by");
        String strategy = tokens.name().text();
        return new PartitionBy(strategy, indexElements(), position);
    }

    private Expression indexExpression() {
        if (tokens.accept("(")) {
            Expression expression = grammar.expressions.expression();
            tokens.expect(")");
            return expression;
        }
        Token first = tokens.peek();
        boolean call = tokens.peek(1).is("(") || tokens.peek(1).is(".");
        if (first.isColumnName() && !call) {
            Name name = tokens.name();
            return new Expression.ColumnReference(List.of(name.text()), name.position());
        }
        Expression function = grammar.primaries.primary();
        if (function instanceof Expression.ColumnReference) {
            throw tokens.syntaxError();
        }
        return function;
    }

    private List<Expression> bracketedList() {
        tokens.expect("(");
        List<Expression> list = grammar.expressions.list();
        tokens.expect(")");
        return list;
    }

    private record Storage(
            @Nullable Name method,
            List<Option> options,
            OnCommit onCommit,
            @Nullable Name tablespace) {}

    private Storage storage() {
        Name method = tokens.accept("using") ? tokens.name() : null;
        List<Option> options = grammar.options.storage();
        tokens.accept("without", "oids");
        OnCommit onCommit = OnCommit.NONE;
        if (tokens.accept("on", "commit")) {
            onCommit =
                    switch (tokens.expectAny("drop", "delete", "preserve")) {
                        case "drop" -> OnCommit.DROP;
                        case "delete" -> OnCommit.DELETE_ROWS;
                        default -> OnCommit.PRESERVE_ROWS;
                    };
            if (onCommit != OnCommit.DROP) {
                tokens.expect("rows");
            }
        }
        Name tablespace = tokens.accept("tablespace") ? tokens.name() : null;
        return new Storage(method, options, onCommit, tablespace);
    }
}
