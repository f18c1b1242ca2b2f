package io.quorate.sql.algebra;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.type.SqlType;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A relation: rows with as many values as [#types]. Immutable.
public sealed interface Rel {
    List<SqlType> types();

    List<Rel> inputs();

    /// @param inputs as many as [#inputs] has, with the same types
    Rel withInputs(List<Rel> inputs);

    /// The relation with each expression of its own (not of its inputs) replaced.
    Rel mapExpressions(UnaryOperator<Expr> mapping);

    /// A relation without inputs.
    sealed interface Leaf extends Rel {
        @Override
        default List<Rel> inputs() {
            return List.of();
        }

        @Override
        default Rel withInputs(List<Rel> inputs) {
            Check.that(inputs.isEmpty(), "a leaf has no inputs");
            return this;
        }
    }

    /// The rows of a table or system view.
    ///
    /// @param alias the name it goes by in the query
    /// @param withKey whether the key of the row (a `ByteSlice`, typed bytea) follows the columns
    record Scan(Relation relation, String alias, boolean withKey) implements Leaf {
        @Override
        public List<SqlType> types() {
            List<SqlType> types = new ArrayList<>();
            for (RelationColumn column : relation.columns()) {
                types.add(column.type());
            }
            if (withKey) {
                types.add(SqlType.BYTEA);
            }
            return types;
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// @param rows without an input row below them
    record Values(List<SqlType> types, List<List<Expr>> rows) implements Leaf {
        /// One row without columns: the FROM of a query without FROM.
        public static final Values ONE_ROW = new Values(List.of(), List.of(List.of()));

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Values(
                    types, rows.stream().map(row -> row.stream().map(mapping).toList()).toList());
        }
    }

    record Project(Rel input, List<Expr> expressions) implements Rel {
        @Override
        public List<SqlType> types() {
            return expressions.stream().map(Expr::type).toList();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Project(inputs.getFirst(), expressions);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Project(input, expressions.stream().map(mapping).toList());
        }
    }

    /// A projection in which some expressions are sets: each row gives as many as its longest set, the
    /// shorter ones filled up with NULL.
    ///
    /// @param expressions a set is a [Expr.Call] whose callee returns one, at the top only
    record ProjectSet(Rel input, List<Expr> expressions) implements Rel {
        @Override
        public List<SqlType> types() {
            return expressions.stream().map(Expr::type).toList();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new ProjectSet(inputs.getFirst(), expressions);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new ProjectSet(input, expressions.stream().map(mapping).toList());
        }
    }

    record Filter(Rel input, Expr condition) implements Rel {
        @Override
        public List<SqlType> types() {
            return input.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Filter(inputs.getFirst(), condition);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Filter(input, mapping.apply(condition));
        }
    }

    /// @param condition over the left row followed by the right one; TRUE for a cross join
    record Join(JoinKind kind, Rel left, Rel right, Expr condition) implements Rel {
        @Override
        public List<SqlType> types() {
            return joinedTypes(kind, left, right);
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Join(kind, inputs.get(0), inputs.get(1), condition);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Join(kind, left, right, mapping.apply(condition));
        }
    }

    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        /// The left rows that have a match; only the left columns.
        SEMI,
        /// The left rows that have none.
        ANTI
    }

    /// A join whose right side is computed anew for each left row.
    ///
    /// @param right over its own rows and the arguments, seen as [Expr.Correlated]
    /// @param arguments over the left row
    /// @param condition as in [Join]
    record Lateral(JoinKind kind, Rel left, Rel right, List<Expr> arguments, Expr condition)
            implements Rel {
        @Override
        public List<SqlType> types() {
            return joinedTypes(kind, left, right);
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Lateral(kind, inputs.getFirst(), right, arguments, condition);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Lateral(
                    kind,
                    left,
                    right,
                    arguments.stream().map(mapping).toList(),
                    mapping.apply(condition));
        }
    }

    /// The groups of the input, one row each: the group's values, then the aggregates'. Without
    /// groups there is one row, whatever the input.
    record Aggregate(Rel input, List<Expr> groups, List<AggregateCall> calls) implements Rel {
        @Override
        public List<SqlType> types() {
            List<SqlType> types = new ArrayList<>();
            groups.forEach(group -> types.add(group.type()));
            calls.forEach(call -> types.add(call.type()));
            return types;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Aggregate(inputs.getFirst(), groups, calls);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Aggregate(
                    input,
                    groups.stream().map(mapping).toList(),
                    calls.stream()
                            .map(call -> call.withChildren(mapped(call.children(), mapping)))
                            .toList());
        }
    }

    /// The input's rows, each followed by what the calls make of it and the rows around it: those with
    /// the same values of `partition`, in the order of `order`.
    record Window(
            Rel input,
            List<Expr> partition,
            List<AggregateCall.Order> order,
            List<WindowCall> calls)
            implements Rel {
        @Override
        public List<SqlType> types() {
            List<SqlType> types = new ArrayList<>(input.types());
            calls.forEach(call -> types.add(call.type()));
            return types;
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Window(inputs.getFirst(), partition, order, calls);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            List<Expr> keys = order.stream().map(AggregateCall.Order::key).toList();
            return new Window(
                    input,
                    mapped(partition, mapping),
                    AggregateCall.Order.withKeys(order, mapped(keys, mapping)),
                    calls.stream()
                            .map(call -> call.withChildren(mapped(call.children(), mapping)))
                            .toList());
        }
    }

    record Sort(Rel input, List<SortKey> keys) implements Rel {
        @Override
        public List<SqlType> types() {
            return input.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Sort(inputs.getFirst(), keys);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// @param limit of type int8, without an input row; null for none
    /// @param offset as `limit`
    record Limit(Rel input, @Nullable Expr limit, @Nullable Expr offset) implements Rel {
        @Override
        public List<SqlType> types() {
            return input.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Limit(inputs.getFirst(), limit, offset);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new Limit(
                    input,
                    limit == null ? null : mapping.apply(limit),
                    offset == null ? null : mapping.apply(offset));
        }
    }

    /// One row for each combination of values in `slots`: the first one.
    record Distinct(Rel input, List<Integer> slots) implements Rel {
        @Override
        public List<SqlType> types() {
            return input.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Distinct(inputs.getFirst(), slots);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// Both sides have the same types.
    record SetOperation(SetKind kind, boolean all, Rel left, Rel right) implements Rel {
        @Override
        public List<SqlType> types() {
            return left.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(left, right);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new SetOperation(kind, all, inputs.get(0), inputs.get(1));
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    enum SetKind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /// Functions in FROM, side by side.
    ///
    /// @param calls a function that returns no set gives one row
    /// @param ordinality whether the row's number follows, as int8
    record TableFunction(String alias, List<Expr> calls, boolean ordinality) implements Leaf {
        @Override
        public List<SqlType> types() {
            List<SqlType> types = new ArrayList<>();
            calls.forEach(call -> types.add(call.type()));
            if (ordinality) {
                types.add(SqlType.INT8);
            }
            return types;
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return new TableFunction(alias, calls.stream().map(mapping).toList(), ordinality);
        }
    }

    /// Common tables, each computed at most once for this relation, and what is made of them.
    record With(List<CommonTable> tables, Rel body) implements Rel {
        @Override
        public List<SqlType> types() {
            return body.types();
        }

        @Override
        public List<Rel> inputs() {
            List<Rel> inputs = new ArrayList<>();
            tables.forEach(table -> inputs.add(table.rel()));
            inputs.add(body);
            return inputs;
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            List<CommonTable> newTables = new ArrayList<>();
            for (CommonTable table : tables) {
                newTables.add(
                        new CommonTable(table.id(), table.name(), inputs.get(newTables.size())));
            }
            return new With(newTables, inputs.getLast());
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// @param id unique in the statement
    record CommonTable(int id, String name, Rel rel) {}

    /// The rows of a common table, or within [Recursive] those of the last step.
    record CommonScan(int id, String name, List<SqlType> types) implements Leaf {
        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// `base UNION [ALL] step`, where the step sees the rows that the step before it gave as
    /// [CommonScan] with this id, until there are none.
    record Recursive(int id, String name, boolean all, Rel base, Rel step) implements Rel {
        @Override
        public List<SqlType> types() {
            return base.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(base, step);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new Recursive(id, name, all, inputs.get(0), inputs.get(1));
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// Locks table rows as they pass.
    record LockRows(Rel input, List<LockTarget> targets) implements Rel {
        @Override
        public List<SqlType> types() {
            return input.types();
        }

        @Override
        public List<Rel> inputs() {
            return List.of(input);
        }

        @Override
        public Rel withInputs(List<Rel> inputs) {
            return new LockRows(inputs.getFirst(), targets);
        }

        @Override
        public Rel mapExpressions(UnaryOperator<Expr> mapping) {
            return this;
        }
    }

    /// @param keySlot where the row's key stands; NULL where an outer join found no row
    record LockTarget(TableDescriptor table, int keySlot, WaitPolicy waitPolicy) {}

    private static List<SqlType> joinedTypes(JoinKind kind, Rel left, Rel right) {
        return switch (kind) {
            case SEMI, ANTI -> left.types();
            case INNER, LEFT, RIGHT, FULL -> {
                List<SqlType> types = new ArrayList<>(left.types());
                types.addAll(right.types());
                yield types;
            }
        };
    }

    private static List<Expr> mapped(List<Expr> expressions, UnaryOperator<Expr> mapping) {
        return expressions.stream().map(mapping).toList();
    }
}
