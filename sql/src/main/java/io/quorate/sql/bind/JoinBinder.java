package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.bind.FromBinder.Item;
import io.quorate.sql.function.CommonType;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/// Binds JOIN with ON, USING and NATURAL.
final class JoinBinder {
    private final Binding binding;
    private final FromBinder from;
    private final Coercer coercer;

    JoinBinder(Binding binding, FromBinder from) {
        this.binding = binding;
        this.from = from;
        this.coercer = new Coercer(binding);
    }

    Item bind(TableExpression.Join join, Scope base) {
        if (join.usingAlias() != null) {
            throw Errors.unsupported("an alias of USING", join.usingAlias().position());
        }
        Item left = from.leftOf(join.left(), base);
        Item right = from.rightOf(join.right(), base, left);
        FromBinder.checkNames(left, right, join.right().position());
        JoinKind kind =
                switch (join.kind()) {
                    case CROSS, INNER -> JoinKind.INNER;
                    case LEFT -> JoinKind.LEFT;
                    case RIGHT -> JoinKind.RIGHT;
                    case FULL -> JoinKind.FULL;
                };
        if (!right.lateral().isEmpty() && kind != JoinKind.INNER && kind != JoinKind.LEFT) {
            throw Errors.error(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "invalid reference to FROM-clause entry in a lateral join",
                            join.right().position())
                    .withDetail(
                            "The combining JOIN type must be INNER or LEFT for a LATERAL"
                                    + " reference.");
        }
        Item joined;
        if (join.natural()) {
            joined = using(kind, left, right, sharedNames(left, right, join.position()));
        } else if (!join.using().isEmpty()) {
            joined = using(kind, left, right, join.using());
        } else {
            joined = from.joined(kind, left, right, Expr.Constant.TRUE);
            Expression condition = join.condition();
            if (condition != null) {
                Expr bound =
                        new ExpressionBinder(binding, joined.scope(base), Place.JOIN)
                                .bindCondition(condition, "JOIN/ON");
                joined = from.joined(kind, left, right, bound);
            }
        }
        TableExpression.TableAlias alias = join.alias();
        return alias == null ? joined : aliased(joined, alias);
    }

    private static List<Name> sharedNames(Item left, Item right, int position) {
        List<Name> shared = new ArrayList<>();
        for (Scope.Column column : left.columns()) {
            boolean both =
                    right.columns().stream().anyMatch(other -> other.name().equals(column.name()));
            boolean again = shared.stream().anyMatch(name -> name.text().equals(column.name()));
            if (both && !again) {
                shared.add(new Name(column.name(), position));
            }
        }
        return shared;
    }

    /// The shared columns come first and once; `*` shows them so.
    private Item using(JoinKind kind, Item left, Item right, List<Name> names) {
        OperatorBinder operators = new OperatorBinder(binding, coercer);
        Item shifted = FromBinder.shifted(right, left.width());
        List<Expr> conditions = new ArrayList<>();
        List<Scope.Column> merged = new ArrayList<>();
        List<Scope.Column> restLeft = new ArrayList<>(left.columns());
        List<Scope.Column> restRight = new ArrayList<>(shifted.columns());
        for (Name name : names) {
            Scope.Column one = only(left.columns(), name, "left");
            Scope.Column other = only(shifted.columns(), name, "right");
            conditions.add(operators.infix("=", one.expr(), other.expr(), name.position()));
            merged.add(merged(kind, one, other, name));
            restLeft.remove(one);
            restRight.remove(other);
        }
        Item joined = from.joined(kind, left, right, Exprs.and(conditions));
        List<Scope.Column> columns = new ArrayList<>(merged);
        columns.addAll(restLeft);
        columns.addAll(restRight);
        return new Item(joined.rel(), joined.tables(), columns);
    }

    private Scope.Column merged(JoinKind kind, Scope.Column left, Scope.Column right, Name name) {
        int position = name.position();
        List<SqlType> types = List.of(left.expr().type(), right.expr().type());
        SqlType common = Errors.at(position, () -> CommonType.select(types, "JOIN/USING"));
        SqlType type = common.withTypmod(CommonType.typmod(types, common));
        Expr first = coercer.toCommon(left.expr(), type, "JOIN/USING", position);
        Expr second = coercer.toCommon(right.expr(), type, "JOIN/USING", position);
        return switch (kind) {
            case INNER, LEFT, SEMI, ANTI ->
                    new Scope.Column(
                            name.text(), first, left.tableOid(), left.number(), left.table());
            case RIGHT ->
                    new Scope.Column(
                            name.text(), second, right.tableOid(), right.number(), right.table());
            case FULL ->
                    new Scope.Column(
                            name.text(),
                            new Expr.Coalesce(List.of(first, second), type),
                            0,
                            0,
                            null);
        };
    }

    private static Scope.Column only(List<Scope.Column> columns, Name name, String side) {
        Scope.Column found = null;
        for (Scope.Column column : columns) {
            if (column.name().equals(name.text())) {
                if (found != null) {
                    throw Errors.error(
                            ErrorCode.AMBIGUOUS_COLUMN,
                            "common column name \""
                                    + name.text()
                                    + "\" appears more than once in "
                                    + side
                                    + " table",
                            name.position());
                }
                found = column;
            }
        }
        if (found == null) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \""
                            + name.text()
                            + "\" specified in USING clause does not exist in "
                            + side
                            + " table",
                    name.position());
        }
        return found;
    }

    /// A name for the whole join hides the names inside.
    private static Item aliased(Item joined, TableExpression.TableAlias alias) {
        String name = alias.name().text();
        if (alias.columns().size() > joined.columns().size()) {
            throw Errors.error(
                    ErrorCode.INVALID_COLUMN_REFERENCE,
                    "join expression \""
                            + name
                            + "\" has "
                            + joined.columns().size()
                            + " columns available but "
                            + alias.columns().size()
                            + " columns specified",
                    alias.position());
        }
        List<Scope.Column> columns = new ArrayList<>();
        for (int i = 0; i < joined.columns().size(); i++) {
            Scope.Column column = joined.columns().get(i);
            columns.add(
                    column.renamed(
                            i < alias.columns().size()
                                    ? alias.columns().get(i).text()
                                    : column.name(),
                            name));
        }
        return new Item(
                joined.rel(), List.of(new Scope.Table(name, null, columns, null, -1)), columns);
    }
}
