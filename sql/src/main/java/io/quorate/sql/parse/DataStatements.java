package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.DataStatement.Assignment;
import io.quorate.sql.parse.ast.DataStatement.ConflictTarget;
import io.quorate.sql.parse.ast.DataStatement.MergeAction;
import io.quorate.sql.parse.ast.DataStatement.MergeWhen;
import io.quorate.sql.parse.ast.DataStatement.OnConflict;
import io.quorate.sql.parse.ast.DataStatement.Overriding;
import io.quorate.sql.parse.ast.DataStatement.Target;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.parse.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// INSERT, UPDATE, DELETE and MERGE.
final class DataStatements {
    private final Grammar grammar;
    private final Tokens tokens;

    DataStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// What WITH, EXPLAIN, PREPARE and COPY can hold: a query or a change of data.
    Statement queryOrChange() {
        With with = tokens.at("with") ? grammar.queries.with() : null;
        return atChange() ? change(with) : grammar.queries.queryAfter(with);
    }

    boolean atChange() {
        return tokens.atAny("insert", "update", "delete", "merge");
    }

    private Statement change(@Nullable With with) {
        int position = with == null ? tokens.position() : with.position();
        return switch (tokens.next().text()) {
            case "insert" -> insert(with, position);
            case "update" -> update(with, position);
            case "delete" -> delete(with, position);
            default -> merge(with, position);
        };
    }

    private Statement insert(@Nullable With with, int position) {
        tokens.expect("into");
        QualifiedName table = grammar.names.qualified();
        Name alias = tokens.accept("as") ? tokens.name() : null;
        List<Target> columns = List.of();
        if (tokens.at("(") && !grammar.queries.atBracketedStart()) {
            columns = targets();
        }
        Overriding overriding = overriding();
        Query source = null;
        boolean bare = columns.isEmpty() && overriding == Overriding.NONE;
        if (!bare || !tokens.accept("default", "values")) {
            source = grammar.queries.query();
        }
        OnConflict onConflict = tokens.at("on", "conflict") ? onConflict() : null;
        return new DataStatement.Insert(
                with, table, alias, columns, overriding, source, onConflict, returning(), position);
    }

    private Overriding overriding() {
        if (!tokens.accept("overriding")) {
            return Overriding.NONE;
        }
        boolean system = tokens.expectAny("system", "user").equals("system");
        tokens.expect("value");
        return system ? Overriding.SYSTEM_VALUE : Overriding.USER_VALUE;
    }

    private OnConflict onConflict() {
        int position = tokens.position();
        tokens.expect("on", "conflict");
        ConflictTarget target = null;
        int at = tokens.position();
        if (tokens.accept("on", "constraint")) {
            target = new ConflictTarget.Constraint(tokens.name(), at);
        } else if (tokens.at("(")) {
            List<TableStatement.IndexElement> elements = grammar.tables.indexElements();
            target = new ConflictTarget.Columns(elements, where(), at);
        }
        tokens.expect("do");
        if (tokens.accept("nothing")) {
            return new OnConflict(target, true, List.of(), null, position);
        }
        tokens.expect("update", "set");
        List<Assignment> assignments = assignments();
        return new OnConflict(target, false, assignments, where(), position);
    }

    private Statement update(@Nullable With with, int position) {
        TableExpression.TableReference table = grammar.from.target();
        tokens.expect("set");
        List<Assignment> assignments = assignments();
        List<TableExpression> from = tokens.accept("from") ? grammar.from.list() : List.of();
        return new DataStatement.Update(
                with, table, assignments, from, whereOrCurrent(), returning(), position);
    }

    private Statement delete(@Nullable With with, int position) {
        tokens.expect("from");
        TableExpression.TableReference table = grammar.from.target();
        List<TableExpression> using = tokens.accept("using") ? grammar.from.list() : List.of();
        return new DataStatement.Delete(
                with, table, using, whereOrCurrent(), returning(), position);
    }

    private Statement merge(@Nullable With with, int position) {
        tokens.expect("into");
        TableExpression.TableReference table = grammar.from.target();
        tokens.expect("using");
        TableExpression source = grammar.from.element();
        tokens.expect("on");
        Expression on = grammar.expressions.expression();
        List<MergeWhen> branches = new ArrayList<>();
        do {
            branches.add(mergeWhen());
        } while (tokens.at("when"));
        return new DataStatement.Merge(with, table, source, on, branches, position);
    }

    private MergeWhen mergeWhen() {
        int position = tokens.expect("when").position();
        boolean matched = !tokens.accept("not");
        tokens.expect("matched");
        Expression condition = tokens.accept("and") ? grammar.expressions.expression() : null;
        tokens.expect("then");
        return new MergeWhen(matched, condition, mergeAction(matched), position);
    }

    private MergeAction mergeAction(boolean matched) {
        int position = tokens.position();
        if (tokens.accept("do", "nothing")) {
            return new MergeAction.DoNothing(position);
        }
        if (!matched) {
            tokens.expect("insert");
            List<Target> columns = tokens.at("(") ? targets() : List.of();
            Overriding overriding = overriding();
            if (overriding == Overriding.NONE && tokens.accept("default", "values")) {
                return new MergeAction.Insert(columns, overriding, null, position);
            }
            tokens.expect("values");
            int at = tokens.expect("(").position();
            Compound.Row values = new Compound.Row(grammar.expressions.list(), false, at);
            tokens.expect(")");
            return new MergeAction.Insert(columns, overriding, values, position);
        }
        if (tokens.accept("delete")) {
            return new MergeAction.Delete(position);
        }
        tokens.expect("update", "set");
        return new MergeAction.Update(assignments(), position);
    }

    private List<Assignment> assignments() {
        return grammar.names.commaList(this::assignment);
    }

    private Assignment assignment() {
        int position = tokens.position();
        if (!tokens.at("(")) {
            Target target = target();
            tokens.expect("=");
            return new Assignment.Single(target, grammar.expressions.expression(), position);
        }
        List<Target> targets = targets();
        tokens.expect("=");
        return new Assignment.Multiple(targets, grammar.expressions.expression(), position);
    }

    private List<Target> targets() {
        tokens.expect("(");
        List<Target> targets = grammar.names.commaList(this::target);
        tokens.expect(")");
        return targets;
    }

    private Target target() {
        return new Target(tokens.name(), grammar.primaries.accessors());
    }

    private @Nullable Expression where() {
        return tokens.accept("where") ? grammar.expressions.expression() : null;
    }

    private @Nullable Expression whereOrCurrent() {
        if (tokens.at("where", "current") && tokens.peek(2).is("of")) {
            tokens.expect("where");
            int position = tokens.expect("current").position();
            tokens.expect("of");
            return new Expression.CurrentOf(tokens.name().text(), position);
        }
        return where();
    }

    private List<Query.SelectItem> returning() {
        return tokens.accept("returning") ? grammar.queries.selectItems() : List.of();
    }
}
