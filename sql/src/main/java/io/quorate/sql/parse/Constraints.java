package io.quorate.sql.parse;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Constraint.ActionKind;
import io.quorate.sql.parse.ast.Constraint.Deferral;
import io.quorate.sql.parse.ast.Constraint.Match;
import io.quorate.sql.parse.ast.Constraint.NumberKind;
import io.quorate.sql.parse.ast.Constraint.ReferentialAction;
import io.quorate.sql.parse.ast.Constraint.SequenceOption;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.TableStatement.IndexElement;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Constraints of columns, tables and domains, and the clauses of sequences, which identity columns
/// share.
final class Constraints {
    private final Grammar grammar;
    private final Tokens tokens;

    Constraints(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// All constraints of a column.
    List<Constraint> ofColumn() {
        List<Constraint> constraints = new ArrayList<>();
        while (true) {
            Constraint constraint = columnConstraint();
            if (constraint == null) {
                return constraints;
            }
            constraints.add(constraint);
        }
    }

    /// Whether a constraint of a table starts here, and not a column.
    boolean atTableConstraint() {
        return tokens.atAny("constraint", "check", "unique", "primary", "foreign")
                || (tokens.at("exclude") && (tokens.peek(1).is("(") || tokens.peek(1).is("using")));
    }

    Constraint ofTable() {
        Name name = name();
        int position = tokens.position();
        return switch (tokens.expectAny("check", "unique", "primary", "foreign", "exclude")) {
            case "check" -> tableCheck(name, position);
            case "unique" -> tableKey(name, false, position);
            case "primary" -> {
                tokens.expect("key");
                yield tableKey(name, true, position);
            }
            case "foreign" -> {
                tokens.expect("key");
                List<Name> columns = grammar.names.bracketedNames();
                tokens.expect("references");
                yield references(name, columns, position);
            }
            default -> exclude(name, position);
        };
    }

    /// `START WITH 1 INCREMENT BY 2 …`, as many as there are.
    List<SequenceOption> sequenceOptions() {
        List<SequenceOption> options = new ArrayList<>();
        while (true) {
            SequenceOption option = sequenceOption();
            if (option == null) {
                return options;
            }
            options.add(option);
        }
    }

    /// `GENERATED {ALWAYS|BY DEFAULT} AS IDENTITY [(…)]`, or a generated column's expression.
    Constraint generated(@Nullable Name name) {
        int position = tokens.expect("generated").position();
        int kind = tokens.position();
        boolean always = always();
        tokens.expect("as");
        if (tokens.accept("identity")) {
            List<SequenceOption> options = List.of();
            if (tokens.accept("(")) {
                options = sequenceOptions();
                tokens.expect(")");
            }
            return new Constraint.Identity(name, always, options, position);
        }
        tokens.expect("(");
        Expression value = grammar.expressions.expression();
        tokens.expect(")");
        tokens.expect("stored");
        if (!always) {
            throw Tokens.refusal(
                    "for a generated column, GENERATED ALWAYS must be specified", kind);
        }
        return new Constraint.Generated(name, value, position);
    }

    /// ALWAYS or BY DEFAULT.
    boolean always() {
        if (tokens.accept("always")) {
            return true;
        }
        tokens.expect("by", "default");
        return false;
    }

    /// `[NOT] DEFERRABLE`, `INITIALLY …` in any order.
    Deferral deferral() {
        return attributes().deferral;
    }

    private @Nullable Name name() {
        return tokens.accept("constraint") ? tokens.name() : null;
    }

    private @Nullable Constraint columnConstraint() {
        Name name = name();
        int position = tokens.position();
        if (tokens.accept("not", "null")) {
            return new Constraint.NotNull(name, position);
        }
        if (tokens.accept("null")) {
            return new Constraint.Null(name, position);
        }
        if (tokens.accept("default")) {
            return new Constraint.Default(name, grammar.expressions.restricted(), position);
        }
        if (tokens.accept("check")) {
            Expression condition = bracketed();
            boolean noInherit = tokens.accept("no", "inherit");
            return new Constraint.Check(name, condition, noInherit, false, position);
        }
        if (tokens.accept("unique")) {
            return key(name, false, List.of(), position);
        }
        if (tokens.accept("primary", "key")) {
            return key(name, true, List.of(), position);
        }
        if (tokens.accept("references")) {
            return references(name, List.of(), position);
        }
        if (tokens.at("generated")) {
            return generated(name);
        }
        if (name != null) {
            throw tokens.syntaxError();
        }
        return null;
    }

    private Constraint tableCheck(@Nullable Name name, int position) {
        Expression condition = bracketed();
        Attributes attributes = attributes();
        return new Constraint.Check(
                name, condition, attributes.noInherit, attributes.notValid, position);
    }

    private Constraint tableKey(@Nullable Name name, boolean primary, int position) {
        if (tokens.accept("using", "index")) {
            Name index = tokens.name();
            return new Constraint.Key(
                    name,
                    primary,
                    List.of(),
                    List.of(),
                    false,
                    List.of(),
                    null,
                    index,
                    deferral(),
                    position);
        }
        boolean nullsNotDistinct = !primary && nullsNotDistinct();
        List<Name> columns = grammar.names.bracketedNames();
        return keyRest(name, primary, columns, nullsNotDistinct, position);
    }

    private Constraint key(@Nullable Name name, boolean primary, List<Name> columns, int position) {
        boolean nullsNotDistinct = !primary && nullsNotDistinct();
        return keyRest(name, primary, columns, nullsNotDistinct, position);
    }

    private Constraint keyRest(
            @Nullable Name name,
            boolean primary,
            List<Name> columns,
            boolean nullsNotDistinct,
            int position) {
        List<Name> include = List.of();
        if (!columns.isEmpty() && tokens.accept("include")) {
            include = grammar.names.bracketedNames();
        }
        List<Option> storage = grammar.options.storage();
        Name tablespace = null;
        if (tokens.accept("using", "index")) {
            tokens.expect("tablespace");
            tablespace = tokens.name();
        }
        return new Constraint.Key(
                name,
                primary,
                columns,
                include,
                nullsNotDistinct,
                storage,
                tablespace,
                null,
                deferral(),
                position);
    }

    /// `NULLS [NOT] DISTINCT`; false is the default.
    boolean nullsNotDistinct() {
        if (tokens.accept("nulls", "not", "distinct")) {
            return true;
        }
        tokens.accept("nulls", "distinct");
        return false;
    }

    private Constraint references(@Nullable Name name, List<Name> columns, int position) {
        QualifiedName table = grammar.names.qualified();
        List<Name> referenced = grammar.names.optionalBracketedNames();
        Match match = Match.SIMPLE;
        if (tokens.accept("match")) {
            match =
                    switch (tokens.expectAny("simple", "full", "partial")) {
                        case "simple" -> Match.SIMPLE;
                        case "full" -> Match.FULL;
                        default -> Match.PARTIAL;
                    };
        }
        ReferentialAction onUpdate = ReferentialAction.NO_ACTION;
        ReferentialAction onDelete = ReferentialAction.NO_ACTION;
        while (tokens.at("on")) {
            tokens.next();
            if (tokens.expectAny("update", "delete").equals("update")) {
                onUpdate = referentialAction();
            } else {
                onDelete = referentialAction();
            }
        }
        Attributes attributes = attributes();
        return new Constraint.ForeignKey(
                name,
                columns,
                table,
                referenced,
                match,
                onUpdate,
                onDelete,
                attributes.deferral,
                attributes.notValid,
                position);
    }

    private ReferentialAction referentialAction() {
        return switch (tokens.expectAny("no", "restrict", "cascade", "set")) {
            case "no" -> {
                tokens.expect("action");
                yield ReferentialAction.NO_ACTION;
            }
            case "restrict" -> new ReferentialAction(ActionKind.RESTRICT, List.of());
            case "cascade" -> new ReferentialAction(ActionKind.CASCADE, List.of());
            default -> {
                ActionKind kind =
                        tokens.expectAny("null", "default").equals("null")
                                ? ActionKind.SET_NULL
                                : ActionKind.SET_DEFAULT;
                yield new ReferentialAction(kind, grammar.names.optionalBracketedNames());
            }
        };
    }

    private Constraint exclude(@Nullable Name name, int position) {
        String method = tokens.accept("using") ? tokens.name().text() : "btree";
        List<IndexElement> elements = new ArrayList<>();
        List<OperatorName> operators = new ArrayList<>();
        tokens.expect("(");
        do {
            elements.add(grammar.tables.indexElement());
            tokens.expect("with");
            operators.add(grammar.names.operator());
        } while (tokens.accept(","));
        tokens.expect(")");
        grammar.options.storage();
        Expression where = tokens.accept("where") ? bracketed() : null;
        return new Constraint.Exclude(
                name, method, elements, operators, where, deferral(), position);
    }

    private Expression bracketed() {
        tokens.expect("(");
        Expression expression = grammar.expressions.expression();
        tokens.expect(")");
        return expression;
    }

    /// What may stand behind a constraint, in any order.
    private static final class Attributes {
        private Deferral deferral = Deferral.NOT_DEFERRABLE;
        private boolean notValid;
        private boolean noInherit;
    }

    private Attributes attributes() {
        Attributes attributes = new Attributes();
        while (true) {
            if (tokens.accept("not", "deferrable")) {
                if (attributes.deferral == Deferral.INITIALLY_DEFERRED) {
                    throw mustBeDeferrable();
                }
            } else if (tokens.accept("deferrable")) {
                if (attributes.deferral == Deferral.NOT_DEFERRABLE) {
                    attributes.deferral = Deferral.DEFERRABLE;
                }
            } else if (tokens.accept("initially", "deferred")) {
                attributes.deferral = Deferral.INITIALLY_DEFERRED;
            } else if (!tokens.accept("initially", "immediate") && !acceptValidity(attributes)) {
                return attributes;
            }
        }
    }

    private boolean acceptValidity(Attributes attributes) {
        if (tokens.accept("not", "valid")) {
            attributes.notValid = true;
            return true;
        }
        if (tokens.accept("no", "inherit")) {
            attributes.noInherit = true;
            return true;
        }
        return false;
    }

    private QuorateException mustBeDeferrable() {
        return Tokens.refusal(
                "constraint declared INITIALLY DEFERRED must be DEFERRABLE",
                tokens.previous().position());
    }

    /// One of them; null if none stands here.
    @Nullable SequenceOption sequenceOption() {
        int position = tokens.position();
        if (tokens.accept("as")) {
            return new SequenceOption.As(grammar.types.type(), position);
        }
        if (tokens.accept("start")) {
            tokens.accept("with");
            return number(NumberKind.START, position);
        }
        if (tokens.accept("increment")) {
            tokens.accept("by");
            return number(NumberKind.INCREMENT, position);
        }
        if (tokens.accept("minvalue")) {
            return number(NumberKind.MINVALUE, position);
        }
        if (tokens.accept("maxvalue")) {
            return number(NumberKind.MAXVALUE, position);
        }
        if (tokens.accept("cache")) {
            return number(NumberKind.CACHE, position);
        }
        if (tokens.accept("cycle")) {
            return new SequenceOption.Cycle(true, position);
        }
        if (tokens.accept("no")) {
            return switch (tokens.expectAny("minvalue", "maxvalue", "cycle")) {
                case "minvalue" -> new SequenceOption.NoBound(NumberKind.MINVALUE, position);
                case "maxvalue" -> new SequenceOption.NoBound(NumberKind.MAXVALUE, position);
                default -> new SequenceOption.Cycle(false, position);
            };
        }
        return ownership(position);
    }

    private @Nullable SequenceOption ownership(int position) {
        if (tokens.accept("owned")) {
            tokens.expect("by");
            return new SequenceOption.OwnedBy(
                    tokens.accept("none") ? null : grammar.names.qualified(), position);
        }
        if (tokens.accept("sequence")) {
            tokens.expect("name");
            return new SequenceOption.SequenceName(grammar.names.qualified(), position);
        }
        if (tokens.accept("restart")) {
            boolean valued =
                    tokens.accept("with")
                            || tokens.atAny("+", "-")
                            || tokens.at(TokenKind.INTEGER)
                            || tokens.at(TokenKind.DECIMAL);
            return new SequenceOption.Restart(valued ? tokens.signedNumber() : null, position);
        }
        return null;
    }

    private SequenceOption number(NumberKind kind, int position) {
        return new SequenceOption.Number(kind, tokens.signedNumber(), position);
    }
}
