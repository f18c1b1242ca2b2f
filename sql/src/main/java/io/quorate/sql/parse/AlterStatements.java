package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.ObjectStatement.DomainAction;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableStatement.AlterTable;
import io.quorate.sql.parse.lex.Token;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// ALTER of everything but roles. The actions upon tables are in [AlterActions].
final class AlterStatements {
    private final Grammar grammar;
    private final Tokens tokens;
    private final AlterActions actions;

    AlterStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.actions = new AlterActions(grammar);
    }

    Statement alter() {
        int position = tokens.expect("alter").position();
        Token word = tokens.peek();
        return switch (word.text()) {
            case "table" -> relation(ObjectKind.TABLE, position);
            case "index" -> relation(ObjectKind.INDEX, position);
            case "view" -> relation(ObjectKind.VIEW, position);
            case "sequence" -> sequence(position);
            case "materialized" -> {
                tokens.next();
                if (!tokens.at("view")) {
                    throw tokens.syntaxError();
                }
                yield relation(ObjectKind.MATERIALIZED_VIEW, position);
            }
            case "schema" -> object(ObjectKind.SCHEMA, position);
            case "type" -> type(position);
            case "domain" -> domain(position);
            case "database" -> database(position);
            case "default" -> grammar.roles.defaultPrivileges(position);
            case "role", "user", "group" ->
                    tokens.peek(1).is("mapping")
                            ? unsupported(position)
                            : grammar.roles.alter(position);
            case "system" -> unsupported(position);
            default -> otherObject(position);
        };
    }

    /// ALTER of a kind that Quorate knows by its words only.
    private Statement otherObject(int position) {
        if (!tokens.atAny(
                "access",
                "aggregate",
                "collation",
                "conversion",
                "event",
                "extension",
                "foreign",
                "function",
                "language",
                "large",
                "operator",
                "policy",
                "procedural",
                "procedure",
                "publication",
                "routine",
                "rule",
                "server",
                "statistics",
                "subscription",
                "tablespace",
                "text",
                "trigger")) {
            throw tokens.syntaxError();
        }
        return unsupported(position);
    }

    private Statement unsupported(int position) {
        return grammar.statements.unsupported("alter " + tokens.next().text(), position);
    }

    private Statement relation(ObjectKind kind, int position) {
        tokens.next();
        if (tokens.at("all", "in")) {
            return grammar.statements.unsupported("alter " + kind.sql() + " all", position);
        }
        boolean ifExists = tokens.accept("if", "exists");
        boolean only = kind == ObjectKind.TABLE && tokens.accept("only");
        QualifiedName name = grammar.names.qualified();
        if (kind == ObjectKind.TABLE && !only) {
            tokens.accept("*");
        }
        return new AlterTable(kind, ifExists, only, name, actions.actions(), position);
    }

    private Statement sequence(int position) {
        tokens.next();
        boolean ifExists = tokens.accept("if", "exists");
        QualifiedName name = grammar.names.qualified();
        if (tokens.atAny("rename", "owner") || isSetOfRelation()) {
            return new AlterTable(
                    ObjectKind.SEQUENCE, ifExists, false, name, actions.actions(), position);
        }
        List<Constraint.SequenceOption> options = grammar.constraints.sequenceOptions();
        if (options.isEmpty()) {
            throw tokens.syntaxError();
        }
        return new ObjectStatement.AlterSequence(ifExists, name, options, position);
    }

    private boolean isSetOfRelation() {
        return tokens.at("set", "schema")
                || tokens.at("set", "logged")
                || tokens.at("set", "unlogged");
    }

    private Statement object(ObjectKind kind, int position) {
        tokens.next();
        QualifiedName name = grammar.names.qualified();
        AlterAction action = actions.common();
        if (action == null) {
            throw tokens.syntaxError();
        }
        return new ObjectStatement.AlterObject(kind, name, action, position);
    }

    private Statement type(int position) {
        tokens.next();
        QualifiedName name = grammar.names.qualified();
        if (tokens.accept("add", "value")) {
            return addEnumValue(name, position);
        }
        if (tokens.accept("rename", "value")) {
            String from = tokens.string();
            tokens.expect("to");
            return new ObjectStatement.RenameEnumValue(name, from, tokens.string(), position);
        }
        AlterAction action = actions.common();
        if (action == null) {
            if (!tokens.atAny("add", "drop", "alter", "set", "rename")) {
                throw tokens.syntaxError();
            }
            return grammar.statements.unsupported("alter type", position);
        }
        return new ObjectStatement.AlterObject(ObjectKind.TYPE, name, action, position);
    }

    private Statement addEnumValue(QualifiedName name, int position) {
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        String label = tokens.string();
        String neighbour = null;
        boolean before = false;
        if (tokens.atAny("before", "after")) {
            before = tokens.next().is("before");
            neighbour = tokens.string();
        }
        return new ObjectStatement.AddEnumValue(
                name, ifNotExists, label, neighbour, before, position);
    }

    private Statement domain(int position) {
        tokens.next();
        QualifiedName name = grammar.names.qualified();
        DomainAction action = domainAction();
        if (action != null) {
            return new ObjectStatement.AlterDomain(name, action, position);
        }
        if (tokens.at("rename", "constraint")) {
            return grammar.statements.unsupported("alter domain rename constraint", position);
        }
        AlterAction common = actions.common();
        if (common == null) {
            throw tokens.syntaxError();
        }
        return new ObjectStatement.AlterObject(ObjectKind.DOMAIN, name, common, position);
    }

    private @Nullable DomainAction domainAction() {
        if (tokens.accept("set", "default")) {
            return new DomainAction.SetDefault(grammar.expressions.expression());
        }
        if (tokens.accept("drop", "default")) {
            return new DomainAction.DropDefault();
        }
        if (tokens.accept("set", "not", "null")) {
            return new DomainAction.SetNotNull();
        }
        if (tokens.accept("drop", "not", "null")) {
            return new DomainAction.DropNotNull();
        }
        if (tokens.accept("add")) {
            return new DomainAction.AddConstraint(grammar.constraints.ofTable());
        }
        if (tokens.accept("validate", "constraint")) {
            return new DomainAction.ValidateConstraint(tokens.name());
        }
        if (tokens.accept("drop", "constraint")) {
            boolean ifExists = tokens.accept("if", "exists");
            Name constraint = tokens.name();
            return new DomainAction.DropConstraint(ifExists, constraint, grammar.objects.cascade());
        }
        return null;
    }

    private Statement database(int position) {
        tokens.next();
        Name name = tokens.name();
        if (tokens.at("set") && !tokens.at("set", "tablespace")) {
            return grammar.roles.alterSetting(null, name, position);
        }
        if (tokens.at("reset")) {
            return grammar.roles.alterSetting(null, name, position);
        }
        AlterAction action = actions.common();
        if (action == null) {
            return grammar.statements.unsupported("alter database", position);
        }
        return new ObjectStatement.AlterObject(
                ObjectKind.DATABASE,
                new QualifiedName(List.of(name.text()), name.position()),
                action,
                position);
    }
}
