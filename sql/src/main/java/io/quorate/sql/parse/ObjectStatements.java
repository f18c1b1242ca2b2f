package io.quorate.sql.parse;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.ObjectStatement.CheckOption;
import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.ast.Persistence;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.TableExpression.ColumnType;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// CREATE and DROP of everything but tables and indexes, TRUNCATE, COMMENT and REFRESH.
final class ObjectStatements {
    /// What CREATE can make that Quorate only knows by name.
    private static final Set<String> UNSUPPORTED =
            Set.of(
                    "access",
                    "aggregate",
                    "cast",
                    "collation",
                    "constraint",
                    "conversion",
                    "default",
                    "event",
                    "foreign",
                    "function",
                    "language",
                    "operator",
                    "policy",
                    "procedural",
                    "procedure",
                    "publication",
                    "rule",
                    "server",
                    "statistics",
                    "subscription",
                    "tablespace",
                    "text",
                    "transform",
                    "trigger",
                    "trusted");

    private final Grammar grammar;
    private final Tokens tokens;
    private final ObjectKinds kinds;

    ObjectStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.kinds = new ObjectKinds(grammar);
    }

    /// What follows CREATE, for objects without a persistence.
    Statement create(int position) {
        if (tokens.at("schema")) {
            return createSchema(position);
        }
        if (tokens.at("type")) {
            return createType(position);
        }
        if (tokens.at("domain")) {
            return createDomain(position);
        }
        if (tokens.at("database")) {
            return createDatabase(position);
        }
        if (tokens.at("extension")) {
            return createExtension(position);
        }
        if (tokens.atAny("role", "user", "group") && !tokens.peek(1).is("mapping")) {
            return grammar.roles.create(position);
        }
        return createUnsupported(position);
    }

    /// What follows CREATE OR REPLACE.
    Statement createOrReplace(int position) {
        if (tokens.at("view") || tokens.at("recursive", "view")) {
            return createView(true, Persistence.PERMANENT, position);
        }
        return createUnsupported(position);
    }

    /// From [RECURSIVE] VIEW on.
    Statement createView(boolean orReplace, Persistence persistence, int position) {
        boolean recursive = tokens.accept("recursive");
        tokens.expect("view");
        QualifiedName name = grammar.names.qualified();
        List<Name> columns =
                recursive ? grammar.names.bracketedNames() : grammar.names.optionalBracketedNames();
        List<Option> options = grammar.options.storage();
        tokens.expect("as");
        Query query = grammar.queries.query();
        return new ObjectStatement.CreateView(
                orReplace,
                persistence,
                recursive,
                name,
                columns,
                options,
                query,
                checkOption(),
                position);
    }

    /// From SEQUENCE on.
    Statement createSequence(Persistence persistence, int position) {
        tokens.expect("sequence");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        QualifiedName name = grammar.names.qualified();
        return new ObjectStatement.CreateSequence(
                persistence, ifNotExists, name, grammar.constraints.sequenceOptions(), position);
    }

    Statement drop() {
        int position = tokens.expect("drop").position();
        if (tokens.atAny("role", "user", "group") && !tokens.peek(1).is("mapping")) {
            return grammar.roles.drop(position);
        }
        if (tokens.at("owned")) {
            return grammar.roles.dropOwned(position);
        }
        if (tokens.accept("database")) {
            return dropDatabase(position);
        }
        ObjectKind kind = kinds.kind();
        if (!kinds.isPlain(kind) && !kinds.isOfTable(kind)) {
            return grammar.statements.unsupported("drop " + kind.sql(), position);
        }
        boolean concurrently = kind == ObjectKind.INDEX && tokens.accept("concurrently");
        boolean ifExists = tokens.accept("if", "exists");
        List<QualifiedName> names =
                kinds.isOfTable(kind)
                        ? List.of(kinds.nameOfTable())
                        : grammar.names.qualifiedList();
        return new ObjectStatement.Drop(kind, concurrently, ifExists, names, cascade(), position);
    }

    Statement truncate() {
        int position = tokens.expect("truncate").position();
        tokens.accept("table");
        List<TableExpression.TableReference> tables =
                grammar.names.commaList(grammar.from::relation);
        boolean restart = tokens.accept("restart", "identity");
        if (!restart) {
            tokens.accept("continue", "identity");
        }
        return new ObjectStatement.Truncate(tables, restart, cascade(), position);
    }

    Statement comment() {
        int position = tokens.expect("comment").position();
        tokens.expect("on");
        ObjectKind kind = kinds.kind();
        QualifiedName name;
        if (kind == ObjectKind.CONSTRAINT) {
            Name constraint = tokens.name();
            tokens.expect("on");
            if (tokens.accept("domain")) {
                kind = ObjectKind.DOMAIN_CONSTRAINT;
            }
            name = ObjectKinds.under(grammar.names.qualified(), constraint);
        } else if (kinds.isOfTable(kind)) {
            name = kinds.nameOfTable();
        } else if (kinds.isPlain(kind)) {
            name = grammar.names.qualified();
        } else {
            return grammar.statements.unsupported("comment on " + kind.sql(), position);
        }
        tokens.expect("is");
        String text = tokens.accept("null") ? null : tokens.string();
        return new ObjectStatement.CommentOn(kind, name, text, position);
    }

    Statement refresh() {
        int position = tokens.expect("refresh").position();
        tokens.expect("materialized", "view");
        boolean concurrently = tokens.accept("concurrently");
        QualifiedName name = grammar.names.qualified();
        return new ObjectStatement.RefreshMaterializedView(
                concurrently, name, grammar.tables.withData(), position);
    }

    /// CASCADE or RESTRICT; false, RESTRICT, is the default.
    boolean cascade() {
        if (tokens.accept("cascade")) {
            return true;
        }
        tokens.accept("restrict");
        return false;
    }

    private Statement createUnsupported(int position) {
        Token word = tokens.peek();
        if (word.kind() != TokenKind.KEYWORD || !UNSUPPORTED.contains(word.text())) {
            if (!word.is("user")) {
                throw tokens.syntaxError();
            }
        }
        tokens.next();
        return grammar.statements.unsupported("create " + word.text(), position);
    }

    private CheckOption checkOption() {
        if (tokens.at("with") && !tokens.at("with", "check")) {
            tokens.expect("with");
            CheckOption option =
                    tokens.expectAny("local", "cascaded").equals("local")
                            ? CheckOption.LOCAL
                            : CheckOption.CASCADED;
            tokens.expect("check", "option");
            return option;
        }
        return tokens.accept("with", "check", "option") ? CheckOption.CASCADED : CheckOption.NONE;
    }

    private Statement createSchema(int position) {
        tokens.expect("schema");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        Name name = tokens.at("authorization") ? null : tokens.name();
        Name owner = null;
        if (name == null || tokens.at("authorization")) {
            tokens.expect("authorization");
            owner = grammar.names.role();
        }
        List<Statement> elements = new ArrayList<>();
        if (ifNotExists && tokens.atAny("create", "grant")) {
            throw Tokens.refusal(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "CREATE SCHEMA IF NOT EXISTS cannot include schema elements",
                    tokens.position());
        }
        while (tokens.atAny("create", "grant")) {
            elements.add(grammar.statements.statement());
        }
        return new ObjectStatement.CreateSchema(ifNotExists, name, owner, elements, position);
    }

    private Statement createType(int position) {
        tokens.expect("type");
        QualifiedName name = grammar.names.qualified();
        if (tokens.accept("as", "enum")) {
            tokens.expect("(");
            List<String> labels =
                    tokens.at(")") ? List.of() : grammar.names.commaList(tokens::string);
            tokens.expect(")");
            return new ObjectStatement.CreateEnum(name, labels, position);
        }
        if (!tokens.at("as", "(")) {
            return grammar.statements.unsupported("create type", position);
        }
        tokens.expect("as", "(");
        List<ColumnType> attributes =
                tokens.at(")") ? List.of() : grammar.names.commaList(this::attribute);
        tokens.expect(")");
        return new ObjectStatement.CreateComposite(name, attributes, position);
    }

    private ColumnType attribute() {
        Name name = tokens.name();
        TypeName type = grammar.types.type();
        QualifiedName collation = tokens.accept("collate") ? grammar.names.qualified() : null;
        return new ColumnType(name, type, collation);
    }

    private Statement createDomain(int position) {
        tokens.expect("domain");
        QualifiedName name = grammar.names.qualified();
        tokens.accept("as");
        TypeName type = grammar.types.type();
        List<Constraint> constraints = new ArrayList<>(grammar.constraints.ofColumn());
        QualifiedName collation = null;
        if (tokens.accept("collate")) {
            collation = grammar.names.qualified();
            constraints.addAll(grammar.constraints.ofColumn());
        }
        return new ObjectStatement.CreateDomain(name, type, collation, constraints, position);
    }

    private Statement createDatabase(int position) {
        tokens.expect("database");
        Name name = tokens.name();
        tokens.accept("with");
        List<Option> options = new ArrayList<>();
        while (tokens.peek().isLabel()) {
            int at = tokens.position();
            String option =
                    tokens.accept("connection", "limit")
                            ? "connection_limit"
                            : tokens.label().text();
            tokens.accept("=");
            String value = tokens.accept("default") ? "default" : grammar.options.scalar();
            options.add(Options.text(option, value, at));
        }
        return new ObjectStatement.CreateDatabase(name, options, position);
    }

    private Statement dropDatabase(int position) {
        boolean ifExists = tokens.accept("if", "exists");
        Name name = tokens.name();
        boolean force = false;
        tokens.accept("with");
        if (tokens.accept("(")) {
            force = grammar.names.commaList(() -> tokens.expect("force")).size() > 0;
            tokens.expect(")");
        }
        return new ObjectStatement.DropDatabase(ifExists, name, force, position);
    }

    private Statement createExtension(int position) {
        tokens.expect("extension");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        Name name = tokens.name();
        tokens.accept("with");
        List<Option> options = new ArrayList<>();
        while (tokens.atAny("schema", "version", "cascade")) {
            Token option = tokens.next();
            options.add(
                    option.is("cascade")
                            ? Options.word("cascade", option.position())
                            : Options.text(
                                    option.text(), grammar.options.scalar(), option.position()));
        }
        return new ObjectStatement.CreateExtension(ifNotExists, name, options, position);
    }
}
