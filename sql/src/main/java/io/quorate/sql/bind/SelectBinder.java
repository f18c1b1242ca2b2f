package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.Rel.LockTarget;
import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.bind.Selection.Output;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.SortItem;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Binds one SELECT with its ORDER BY, which may use what the select list does not show.
///
/// The relation grows in the order of SQL: FROM, WHERE, groups, HAVING, windows, sets, the
/// projection with the hidden columns that sorting needs, DISTINCT, the sort, locks, and a projection
/// that drops the hidden columns.
final class SelectBinder {
    private final Binding binding;
    private final QueryBinder queries;
    private final Coercer coercer;
    private final Windows windows = new Windows();

    SelectBinder(Binding binding, QueryBinder queries) {
        this.binding = binding;
        this.queries = queries;
        this.coercer = new Coercer(binding);
    }

    /// What is to be computed over the rows of FROM, or of the groups.
    private record Block(
            List<Output> outputs,
            @Nullable Expr having,
            List<Expr> sortKeys,
            List<Expr> distinctOn) {}

    BoundRel bind(Query.Select select, Query query, Scope base, boolean settled) {
        if (select.into() != null) {
            throw Errors.error(
                    ErrorCode.SYNTAX_ERROR,
                    "SELECT ... INTO is not allowed here",
                    select.into().position());
        }
        boolean locks = !query.locking().isEmpty();
        FromBinder.Item from =
                new FromBinder(binding, queries, locks)
                        .bind(FromBinder.Item.NOTHING, select.from(), base);
        Scope scope = from.scope(base);
        Rel rel = from.rel();
        Expression where = select.where();
        if (where != null) {
            rel =
                    new Rel.Filter(
                            rel, expressions(scope, Place.WHERE).bindCondition(where, "WHERE"));
        }
        windows.define(select.windows(), expressions(scope, Place.SELECT));
        List<Output> outputs =
                Selection.bind(select.items(), expressions(scope, Place.SELECT), settled);
        List<Expr> groupBy = groupBy(select, outputs, scope);
        Expression havingExpression = select.having();
        Expr having =
                havingExpression == null
                        ? null
                        : expressions(scope, Place.HAVING)
                                .bindCondition(havingExpression, "HAVING");
        Block block =
                new Block(
                        outputs,
                        having,
                        sortKeys(query, outputs, scope),
                        distinctOn(select, outputs, scope));
        boolean grouped =
                select.groupBy() != null
                        || having != null
                        || expressions(block).anyMatch(Grouping::hasAggregate);
        boolean windowed = expressions(block).anyMatch(Windowing::hasWindow);
        if (locks) {
            refuseLocking(select, grouped, windowed, query.locking().getFirst().position());
        }
        if (grouped) {
            Grouping grouping = new Grouping(binding, scope, groupBy);
            expressions(block).forEach(grouping::collect);
            if (having != null) {
                grouping.collect(having);
            }
            rel = grouping.relation(rel);
            block = mapped(block, grouping::regrouped);
            Expr condition = block.having();
            if (condition != null) {
                rel = new Rel.Filter(rel, condition);
            }
        }
        if (windowed) {
            Windowing windowing = new Windowing(rel);
            expressions(block).forEach(windowing::collect);
            rel = windowing.relation(rel);
            block = mapped(block, windowing::windowed);
        }
        return projected(select, query, rel, block, scope);
    }

    private ExpressionBinder expressions(Scope scope, Place place) {
        return new ExpressionBinder(binding, scope, place, windows);
    }

    private List<Expr> groupBy(Query.Select select, List<Output> outputs, Scope scope) {
        List<Expr> groups = new ArrayList<>();
        Query.GroupBy groupBy = select.groupBy();
        if (groupBy == null) {
            return groups;
        }
        for (Query.GroupingElement element : groupBy.elements()) {
            switch (element) {
                case Query.GroupingElement.Simple simple -> {
                    if (simple.expression() instanceof Compound.Row row && !row.explicit()) {
                        for (Expression each : row.elements()) {
                            groups.add(group(each, outputs, scope));
                        }
                    } else {
                        groups.add(group(simple.expression(), outputs, scope));
                    }
                }
                case Query.GroupingElement.Empty empty -> {}
                case Query.GroupingElement.Rollup rollup ->
                        throw Errors.unsupported("ROLLUP", rollup.position());
                case Query.GroupingElement.Cube cube ->
                        throw Errors.unsupported("CUBE", cube.position());
                case Query.GroupingElement.Sets sets ->
                        throw Errors.unsupported("GROUPING SETS", sets.position());
            }
        }
        return groups;
    }

    /// A number, a column of FROM, an output's name, or any expression; in this order.
    private Expr group(Expression expression, List<Output> outputs, Scope scope) {
        int position = expression.position();
        int number = Selection.outputNumber(expression, outputs.size(), "GROUP BY");
        String name = Selection.bareName(expression);
        if (number < 0
                && name != null
                && scope.columns().stream().noneMatch(column -> column.name().equals(name))) {
            number = slotByName(name, outputs, "GROUP BY", position);
        }
        Expr bound =
                number >= 0
                        ? outputs.get(number).expr()
                        : expressions(scope, Place.GROUP_BY).bind(expression);
        int place = number >= 0 ? outputs.get(number).position() : position;
        if (Grouping.hasAggregate(bound)) {
            throw Errors.error(
                    ErrorCode.GROUPING_ERROR,
                    "aggregate functions are not allowed in GROUP BY",
                    place);
        }
        if (Windowing.hasWindow(bound)) {
            throw Errors.error(
                    ErrorCode.WINDOWING_ERROR,
                    "window functions are not allowed in GROUP BY",
                    place);
        }
        Selection.refuseSets(List.of(List.of(bound)), "GROUP BY", position);
        return coercer.settled(bound, position);
    }

    /// The output of that name; -1 for none, 42702 for several that differ.
    private static int slotByName(String name, List<Output> outputs, String clause, int position) {
        int found = -1;
        for (int i = 0; i < outputs.size(); i++) {
            if (!outputs.get(i).column().name().equals(name)) {
                continue;
            }
            if (found >= 0 && !outputs.get(found).expr().equals(outputs.get(i).expr())) {
                throw Errors.error(
                        ErrorCode.AMBIGUOUS_COLUMN,
                        clause + " \"" + name + "\" is ambiguous",
                        position);
            }
            found = found < 0 ? i : found;
        }
        return found;
    }

    private List<Expr> sortKeys(Query query, List<Output> outputs, Scope scope) {
        List<Expr> keys = new ArrayList<>();
        for (SortItem item : query.orderBy()) {
            keys.add(outputOrInput(item.expression(), outputs, scope, "ORDER BY"));
        }
        return keys;
    }

    private List<Expr> distinctOn(Query.Select select, List<Output> outputs, Scope scope) {
        List<Expr> keys = new ArrayList<>();
        Query.Distinct distinct = select.distinct();
        if (distinct != null) {
            for (Expression expression : distinct.on()) {
                keys.add(outputOrInput(expression, outputs, scope, "SELECT DISTINCT ON"));
            }
        }
        return keys;
    }

    /// A number, an output's name, or any expression over FROM; in this order.
    private Expr outputOrInput(
            Expression expression, List<Output> outputs, Scope scope, String clause) {
        int position = expression.position();
        int slot = Selection.outputNumber(expression, outputs.size(), clause);
        String name = Selection.bareName(expression);
        if (slot < 0 && name != null) {
            slot = slotByName(name, outputs, clause, position);
        }
        return slot >= 0
                ? outputs.get(slot).expr()
                : coercer.settled(expressions(scope, Place.ORDER_BY).bind(expression), position);
    }

    /// All of the block's expressions but HAVING, which stands below the windows.
    private static Stream<Expr> expressions(Block block) {
        return Stream.of(
                        block.outputs().stream().map(Output::expr),
                        block.sortKeys().stream(),
                        block.distinctOn().stream())
                .flatMap(each -> each);
    }

    private static Block mapped(Block block, UnaryOperator<Expr> mapping) {
        List<Output> outputs = new ArrayList<>();
        for (Output output : block.outputs()) {
            outputs.add(
                    new Output(mapping.apply(output.expr()), output.column(), output.position()));
        }
        Expr having = block.having();
        return new Block(
                outputs,
                having == null ? null : mapping.apply(having),
                block.sortKeys().stream().map(mapping).toList(),
                block.distinctOn().stream().map(mapping).toList());
    }

    private BoundRel projected(
            Query.Select select, Query query, Rel input, Block block, Scope scope) {
        List<Expr> expressions = new ArrayList<>();
        block.outputs().forEach(output -> expressions.add(output.expr()));
        int visible = expressions.size();
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i < block.sortKeys().size(); i++) {
            Expr key = block.sortKeys().get(i);
            SortItem item = query.orderBy().get(i);
            if (isPlainDistinct(select) && !expressions.contains(key)) {
                throw Errors.error(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
                        item.expression().position());
            }
            keys.add(
                    new SortKey(
                            slotOf(key, expressions),
                            key.type(),
                            Sorting.isDescending(item),
                            Sorting.isNullsFirst(item)));
        }
        List<Integer> distinctOn = new ArrayList<>();
        block.distinctOn().forEach(key -> distinctOn.add(slotOf(key, expressions)));
        checkDistinctOn(select, distinctOn, keys);
        List<LockTarget> targets = lockTargets(query, scope, expressions);
        Rel rel = projection(input, expressions);
        if (isPlainDistinct(select)) {
            List<Integer> all = new ArrayList<>();
            for (int i = 0; i < visible; i++) {
                all.add(i);
            }
            rel = new Rel.Distinct(rel, all);
        }
        if (!keys.isEmpty()) {
            rel = new Rel.Sort(rel, keys);
        }
        if (!distinctOn.isEmpty()) {
            rel = new Rel.Distinct(rel, distinctOn);
        }
        if (!targets.isEmpty()) {
            rel = new Rel.LockRows(rel, targets);
        }
        if (expressions.size() > visible) {
            rel = new Rel.Project(rel, BoundRel.references(rel).subList(0, visible));
        }
        List<OutputColumn> columns = block.outputs().stream().map(Output::column).toList();
        return new BoundRel(rel, columns);
    }

    private static boolean isPlainDistinct(Query.Select select) {
        return select.distinct() != null && select.distinct().on().isEmpty();
    }

    private static int slotOf(Expr expr, List<Expr> expressions) {
        int slot = expressions.indexOf(expr);
        if (slot < 0) {
            slot = expressions.size();
            expressions.add(expr);
        }
        return slot;
    }

    private static void checkDistinctOn(
            Query.Select select, List<Integer> distinctOn, List<SortKey> keys) {
        int shared = Math.min(distinctOn.size(), keys.size());
        for (int i = 0; i < keys.size() && i < shared; i++) {
            if (!distinctOn.contains(keys.get(i).slot())) {
                throw Errors.error(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "SELECT DISTINCT ON expressions must match initial ORDER BY expressions",
                        select.position());
            }
        }
    }

    /// The projection; sets in it are spread out first.
    private static Rel projection(Rel input, List<Expr> expressions) {
        if (expressions.stream().noneMatch(Selection::containsSet)) {
            return new Rel.Project(input, List.copyOf(expressions));
        }
        List<Expr> spread = new ArrayList<>(BoundRel.references(input));
        List<Expr> above = new ArrayList<>();
        for (Expr expr : expressions) {
            above.add(withoutSets(expr, spread));
        }
        return new Rel.Project(new Rel.ProjectSet(input, spread), above);
    }

    private static Expr withoutSets(Expr expr, List<Expr> spread) {
        if (expr instanceof Expr.Call call && call.callee().returnsSet()) {
            Selection.refuseSets(List.of(call.children()), "set-returning functions", 0);
            spread.add(call);
            return new Expr.ColumnRef(spread.size() - 1, call.type());
        }
        List<Expr> children = expr.children();
        return children.isEmpty()
                ? expr
                : expr.withChildren(
                        children.stream().map(child -> withoutSets(child, spread)).toList());
    }

    private static List<LockTarget> lockTargets(Query query, Scope scope, List<Expr> expressions) {
        List<LockTarget> targets = new ArrayList<>();
        for (Query.Locking locking : query.locking()) {
            WaitPolicy wait =
                    switch (locking.waiting()) {
                        case BLOCK -> WaitPolicy.WAIT;
                        case NOWAIT -> WaitPolicy.NOWAIT;
                        case SKIP_LOCKED -> WaitPolicy.SKIP_LOCKED;
                    };
            for (Scope.Table table : lockedTables(locking, scope)) {
                if (table.table() != null && table.keySlot() >= 0) {
                    Expr key =
                            new Expr.ColumnRef(table.keySlot(), io.quorate.sql.type.SqlType.BYTEA);
                    targets.add(new LockTarget(table.table(), slotOf(key, expressions), wait));
                }
            }
        }
        return targets;
    }

    private static List<Scope.Table> lockedTables(Query.Locking locking, Scope scope) {
        if (locking.tables().isEmpty()) {
            return scope.tables();
        }
        List<Scope.Table> tables = new ArrayList<>();
        for (QualifiedName name : locking.tables()) {
            Scope.Table table = scope.findHere(null, name.last(), name.position());
            if (table == null) {
                throw Errors.error(
                        ErrorCode.UNDEFINED_TABLE,
                        "relation \""
                                + name.last()
                                + "\" in FOR UPDATE clause not found in FROM clause",
                        name.position());
            }
            tables.add(table);
        }
        return tables;
    }

    private static void refuseLocking(
            Query.Select select, boolean grouped, boolean windowed, int position) {
        String clause =
                select.distinct() != null
                        ? "DISTINCT clause"
                        : select.groupBy() != null
                                ? "GROUP BY clause"
                                : select.having() != null
                                        ? "HAVING clause"
                                        : grouped
                                                ? "aggregate functions"
                                                : windowed ? "window functions" : null;
        if (clause != null) {
            throw Errors.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "FOR UPDATE is not allowed with " + clause,
                    position);
        }
    }
}
