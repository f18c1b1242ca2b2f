package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The actions of ALTER TABLE and of what is altered like a table.
final class AlterActions {
    private final Grammar grammar;
    private final Tokens tokens;

    AlterActions(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// All actions of one statement.
    List<AlterAction> actions() {
        AlterAction first = alone();
        return first != null ? List.of(first) : grammar.names.commaList(this::action);
    }

    /// RENAME TO, OWNER TO and SET SCHEMA, which most objects have; null if it is none of them.
    @Nullable AlterAction common() {
        int position = tokens.position();
        if (tokens.accept("rename", "to")) {
            return new AlterAction.RenameTo(tokens.name(), position);
        }
        if (tokens.accept("owner", "to")) {
            return new AlterAction.OwnerTo(grammar.names.role(), position);
        }
        if (tokens.accept("set", "schema")) {
            return new AlterAction.SetSchema(tokens.name(), position);
        }
        return null;
    }

    /// The actions that stand alone in their statement; null if it is none of them.
    private @Nullable AlterAction alone() {
        int position = tokens.position();
        AlterAction common = tokens.at("owner") ? null : common();
        if (common != null) {
            return common;
        }
        if (tokens.accept("rename")) {
            return rename(position);
        }
        if (tokens.accept("attach", "partition")) {
            QualifiedName child = grammar.names.qualified();
            return tokens.atAny("for", "default")
                    ? new AlterAction.AttachPartition(
                            child, grammar.tables.partitionBound(), position)
                    : new AlterAction.AttachIndex(child, position);
        }
        if (tokens.accept("detach", "partition")) {
            QualifiedName child = grammar.names.qualified();
            if (!tokens.accept("concurrently")) {
                tokens.accept("finalize");
            }
            return new AlterAction.DetachPartition(child, position);
        }
        return placement(position);
    }

    private AlterAction rename(int position) {
        if (tokens.accept("constraint")) {
            Name from = tokens.name();
            tokens.expect("to");
            return new AlterAction.RenameConstraint(from, tokens.name(), position);
        }
        tokens.accept("column");
        Name from = tokens.name();
        tokens.expect("to");
        return new AlterAction.RenameColumn(from, tokens.name(), position);
    }

    /// Quorate's own: SPLIT AT, SCATTER and TRANSFER LEADER.
    private @Nullable AlterAction placement(int position) {
        if (tokens.acceptWord("split")) {
            tokens.expect("at");
            return new AlterAction.SplitAt(grammar.names.commaList(this::key), position);
        }
        if (tokens.acceptWord("scatter")) {
            return new AlterAction.Scatter(position);
        }
        if (!tokens.acceptWord("transfer")) {
            return null;
        }
        tokens.expectWord("leader");
        Compound.Row key = tokens.accept("of") ? key() : null;
        tokens.expect("to");
        return new AlterAction.TransferLeader(key, tokens.integer(), position);
    }

    private Compound.Row key() {
        int position = tokens.expect("(").position();
        List<Expression> values = grammar.expressions.list();
        tokens.expect(")");
        return new Compound.Row(values, false, position);
    }

    private AlterAction action() {
        int position = tokens.position();
        if (tokens.at("owner", "to")) {
            tokens.expect("owner", "to");
            return new AlterAction.OwnerTo(grammar.names.role(), position);
        }
        return switch (tokens.peek().text()) {
            case "add" -> add(position);
            case "drop" -> drop(position);
            case "alter" -> alter(position);
            case "validate" -> {
                tokens.next();
                tokens.expect("constraint");
                yield new AlterAction.ValidateConstraint(tokens.name(), position);
            }
            case "set" -> set(position);
            case "reset" -> {
                tokens.next();
                yield new AlterAction.ResetStorage(grammar.options.parameters(), position);
            }
            default -> unsupported(position);
        };
    }

    private AlterAction add(int position) {
        tokens.next();
        if (grammar.constraints.atTableConstraint()) {
            return new AlterAction.AddConstraint(grammar.constraints.ofTable(), position);
        }
        tokens.accept("column");
        boolean ifNotExists = tokens.accept("if", "not", "exists");
        return new AlterAction.AddColumn(ifNotExists, grammar.tables.column(), position);
    }

    private AlterAction drop(int position) {
        tokens.next();
        if (tokens.accept("constraint")) {
            boolean ifExists = tokens.accept("if", "exists");
            Name name = tokens.name();
            return new AlterAction.DropConstraint(
                    ifExists, name, grammar.objects.cascade(), position);
        }
        tokens.accept("column");
        boolean ifExists = tokens.accept("if", "exists");
        Name name = tokens.name();
        return new AlterAction.DropColumn(ifExists, name, grammar.objects.cascade(), position);
    }

    private AlterAction alter(int position) {
        tokens.next();
        if (tokens.accept("constraint")) {
            Name name = tokens.name();
            return new AlterAction.AlterConstraint(name, grammar.constraints.deferral(), position);
        }
        tokens.accept("column");
        if (tokens.at(TokenKind.INTEGER)) {
            return columnOfIndex(position);
        }
        Name column = tokens.name();
        if (tokens.at("type") || tokens.at("set", "data")) {
            return alterType(column, position);
        }
        return switch (tokens.expectAny("set", "drop", "add", "restart", "reset")) {
            case "set" -> setOfColumn(column, position);
            case "drop" -> dropOfColumn(column, position);
            case "add" -> addIdentity(column, position);
            case "reset" -> {
                grammar.options.parameters();
                yield new AlterAction.ColumnHint(column, "reset", position);
            }
            default -> setIdentity(column, restart(position), position);
        };
    }

    private AlterAction columnOfIndex(int position) {
        Token number = tokens.next();
        tokens.expect("set");
        tokens.expect("statistics");
        int target = tokens.signedInteger();
        return new AlterAction.ColumnHint(
                new Name(number.text(), number.position()), "statistics " + target, position);
    }

    private AlterAction alterType(Name column, int position) {
        if (tokens.accept("set")) {
            tokens.expect("data");
        }
        tokens.expect("type");
        TypeName type = grammar.types.type();
        QualifiedName collation = tokens.accept("collate") ? grammar.names.qualified() : null;
        Expression using = tokens.accept("using") ? grammar.expressions.expression() : null;
        return new AlterAction.AlterType(column, type, collation, using, position);
    }

    private AlterAction setOfColumn(Name column, int position) {
        if (tokens.accept("default")) {
            return new AlterAction.SetDefault(column, grammar.expressions.expression(), position);
        }
        if (tokens.accept("not", "null")) {
            return new AlterAction.SetNotNull(column, position);
        }
        if (tokens.accept("statistics")) {
            return new AlterAction.ColumnHint(
                    column, "statistics " + tokens.signedInteger(), position);
        }
        if (tokens.accept("storage")) {
            return new AlterAction.ColumnHint(column, "storage " + tokens.label().text(), position);
        }
        if (tokens.accept("compression")) {
            return new AlterAction.ColumnHint(
                    column, "compression " + tokens.label().text(), position);
        }
        if (tokens.at("(")) {
            grammar.options.parameters();
            return new AlterAction.ColumnHint(column, "options", position);
        }
        return setIdentity(column, setClause(), position);
    }

    private AlterAction dropOfColumn(Name column, int position) {
        if (tokens.accept("default")) {
            return new AlterAction.DropDefault(column, position);
        }
        if (tokens.accept("not", "null")) {
            return new AlterAction.DropNotNull(column, position);
        }
        boolean expression = tokens.expectAny("expression", "identity").equals("expression");
        boolean ifExists = tokens.accept("if", "exists");
        return expression
                ? new AlterAction.DropExpression(column, ifExists, position)
                : new AlterAction.DropIdentity(column, ifExists, position);
    }

    private AlterAction addIdentity(Name column, int position) {
        if (!tokens.at("generated")) {
            throw tokens.syntaxError();
        }
        Constraint constraint = grammar.constraints.generated(null);
        if (!(constraint instanceof Constraint.Identity identity)) {
            throw Tokens.refusal("syntax error: an identity is expected", position);
        }
        return new AlterAction.AddIdentity(column, identity, position);
    }

    /// `SET clause` of an identity column: what it sets, GENERATED as null with its own meaning.
    private record IdentityClause(
            @Nullable Boolean always, Constraint.@Nullable SequenceOption option) {}

    private IdentityClause setClause() {
        if (tokens.accept("generated")) {
            return new IdentityClause(grammar.constraints.always(), null);
        }
        Constraint.SequenceOption option = grammar.constraints.sequenceOption();
        if (option == null) {
            throw tokens.syntaxError();
        }
        return new IdentityClause(null, option);
    }

    private IdentityClause restart(int position) {
        boolean valued = tokens.accept("with") || tokens.at(TokenKind.INTEGER);
        String value = valued ? tokens.signedNumber() : null;
        return new IdentityClause(null, new Constraint.SequenceOption.Restart(value, position));
    }

    private AlterAction setIdentity(Name column, IdentityClause first, int position) {
        Boolean always = first.always();
        List<Constraint.SequenceOption> options = new ArrayList<>();
        if (first.option() != null) {
            options.add(first.option());
        }
        while (tokens.atAny("set", "restart")) {
            IdentityClause next =
                    tokens.next().is("set") ? setClause() : restart(tokens.position());
            if (next.always() != null) {
                always = next.always();
            }
            if (next.option() != null) {
                options.add(next.option());
            }
        }
        return new AlterAction.SetIdentity(column, always, options, position);
    }

    private AlterAction set(int position) {
        tokens.next();
        if (tokens.accept("tablespace")) {
            return new AlterAction.SetTablespace(tokens.name(), position);
        }
        if (tokens.atAny("logged", "unlogged")) {
            return new AlterAction.SetLogged(tokens.next().is("logged"), position);
        }
        if (tokens.at("(")) {
            return new AlterAction.SetStorage(grammar.options.parameters(), position);
        }
        if (tokens.accept("without")) {
            return new AlterAction.Unsupported(
                    "set without " + tokens.expectAny("oids", "cluster"), position);
        }
        tokens.expect("access");
        tokens.expect("method");
        return new AlterAction.Unsupported("set access method " + tokens.name().text(), position);
    }

    /// An action known by its first word alone: everything up to the next comma is passed.
    private AlterAction unsupported(int position) {
        String words =
                tokens.expectAny(
                        "enable", "disable", "force", "no", "inherit", "cluster", "replica", "of",
                        "not", "options", "depends");
        int depth = 0;
        StringBuilder action = new StringBuilder(words);
        while (!tokens.at(TokenKind.END) && !(depth == 0 && tokens.atAny(";", ","))) {
            Token token = tokens.next();
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            action.append(' ').append(tokens.source(token.start(), token.end()));
        }
        return new AlterAction.Unsupported(action.toString().toUpperCase(Locale.ROOT), position);
    }
}
