package io.quorate.sql.algebra;

import io.quorate.common.check.Check;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A typed scalar expression over one row. Immutable; equal expressions compute the same.
///
/// [#children] are the operands in order and [#withChildren] makes the same expression over others,
/// so that a rewrite need only know the kinds it is about ([Exprs]).
public sealed interface Expr {
    SqlType type();

    List<Expr> children();

    /// @param children as many as [#children] has
    Expr withChildren(List<Expr> children);

    /// An expression without operands.
    sealed interface Leaf extends Expr {
        @Override
        default List<Expr> children() {
            return List.of();
        }

        @Override
        default Expr withChildren(List<Expr> children) {
            Check.that(children.isEmpty(), "a leaf has no operands");
            return this;
        }
    }

    record Constant(@Nullable Object value, SqlType type) implements Leaf {
        public static final Constant TRUE = new Constant(true, SqlType.BOOL);
        public static final Constant FALSE = new Constant(false, SqlType.BOOL);

        public static Constant nullOf(SqlType type) {
            return new Constant(null, type);
        }
    }

    /// A column of the row the expression stands over, from 0.
    record ColumnRef(int slot, SqlType type) implements Leaf {}

    /// An argument of the subquery or lateral relation around it, from 0.
    record Correlated(int index, SqlType type) implements Leaf {}

    /// `$n`, with n from 0 here.
    record Parameter(int index, SqlType type) implements Leaf {}

    /// A call of a function or operator; its operands have the callee's types already.
    record Call(Callee callee, List<Expr> children, SqlType type) implements Expr {
        public Call(Callee callee, List<Expr> children) {
            this(callee, children, callee.resultType());
        }

        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Call(callee, newChildren, type);
        }
    }

    record And(List<Expr> children) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new And(newChildren);
        }
    }

    record Or(List<Expr> children) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Or(newChildren);
        }
    }

    record Not(Expr operand) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Not(children.getFirst());
        }
    }

    /// `x IS [NOT] NULL`; of a record: all its fields are (not) null.
    record IsNull(Expr operand, boolean negated) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new IsNull(children.getFirst(), negated);
        }
    }

    /// `x IS [NOT] TRUE` or FALSE; IS UNKNOWN is [IsNull].
    record IsTruth(Expr operand, boolean truth, boolean negated) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new IsTruth(children.getFirst(), truth, negated);
        }
    }

    /// `x IS [NOT] DISTINCT FROM y`.
    record IsDistinct(Callee equality, Expr left, Expr right, boolean negated) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public List<Expr> children() {
            return List.of(left, right);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new IsDistinct(equality, children.get(0), children.get(1), negated);
        }
    }

    /// CASE with conditions; the form with an operand has been turned into it, unless the operand
    /// would be computed twice: see [CaseOf].
    ///
    /// @param children condition and result in turn, then the ELSE
    record Case(List<Expr> children, SqlType type) implements Expr {
        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Case(newChildren, type);
        }
    }

    /// `CASE operand WHEN value THEN result … ELSE … END`.
    ///
    /// @param equalities one per branch; its left argument is the operand brought to its type
    /// @param coercions of the operand, one per branch; null where none is needed
    /// @param children the operand, then value and result in turn, then the ELSE
    record CaseOf(
            List<Callee> equalities,
            List<@Nullable Coercion> coercions,
            List<Expr> children,
            SqlType type)
            implements Expr {
        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new CaseOf(equalities, coercions, newChildren, type);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CaseOf that
                    && equalities.equals(that.equalities)
                    && children.equals(that.children)
                    && type.equals(that.type);
        }

        @Override
        public int hashCode() {
            return children.hashCode();
        }
    }

    record Coalesce(List<Expr> children, SqlType type) implements Expr {
        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Coalesce(newChildren, type);
        }
    }

    /// `NULLIF(a, b)`.
    ///
    /// @param equality its left argument has the type of `a` brought to it by `coercion`
    record NullIf(Callee equality, @Nullable Coercion coercion, Expr left, Expr right)
            implements Expr {
        @Override
        public SqlType type() {
            return left.type();
        }

        @Override
        public List<Expr> children() {
            return List.of(left, right);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new NullIf(equality, coercion, children.get(0), children.get(1));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NullIf that
                    && equality.equals(that.equality)
                    && left.equals(that.left)
                    && right.equals(that.right);
        }

        @Override
        public int hashCode() {
            return Objects.hash(left, right);
        }
    }

    /// GREATEST and LEAST.
    record Extreme(boolean greatest, List<Expr> children, SqlType type) implements Expr {
        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Extreme(greatest, newChildren, type);
        }
    }

    record Cast(Expr operand, SqlType type, Coercion coercion, boolean explicit) implements Expr {
        @Override
        public List<Expr> children() {
            return List.of(operand);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Cast(children.getFirst(), type, coercion, explicit);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Cast that
                    && operand.equals(that.operand)
                    && type.equals(that.type)
                    && explicit == that.explicit;
        }

        @Override
        public int hashCode() {
            return Objects.hash(operand, type);
        }
    }

    /// `x [NOT] IN (a, b)` with one equality for all.
    ///
    /// @param children the operand, then the values
    record InList(Callee equality, List<Expr> children, boolean negated) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        public Expr operand() {
            return children.getFirst();
        }

        public List<Expr> values() {
            return children.subList(1, children.size());
        }

        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new InList(equality, newChildren, negated);
        }
    }

    /// `x op ANY (array)` or ALL.
    record QuantifiedArray(Callee operator, boolean all, Expr left, Expr array) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public List<Expr> children() {
            return List.of(left, array);
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new QuantifiedArray(operator, all, children.get(0), children.get(1));
        }
    }

    /// `ARRAY[…]`; of arrays where it is nested.
    record ArrayOf(List<Expr> children, SqlType type) implements Expr {
        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new ArrayOf(newChildren, type);
        }
    }

    /// `array[i]…`.
    ///
    /// @param children the array, then the subscripts of type int4
    record Subscript(List<Expr> children, SqlType type) implements Expr {
        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Subscript(newChildren, type);
        }
    }

    /// `ROW(…)`.
    record Row(List<Expr> children) implements Expr {
        @Override
        public SqlType type() {
            return SqlType.RECORD;
        }

        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new Row(newChildren);
        }
    }

    /// `(a, b) < (c, d)`: compares by the first pair that differs.
    ///
    /// @param operators the operator for each pair
    /// @param equalities the equality for each pair
    /// @param children the left side, then the right
    record RowCompare(List<Callee> operators, List<Callee> equalities, List<Expr> children)
            implements Expr {
        @Override
        public SqlType type() {
            return SqlType.BOOL;
        }

        @Override
        public Expr withChildren(List<Expr> newChildren) {
            return new RowCompare(operators, equalities, newChildren);
        }
    }

    /// A query as a value.
    ///
    /// @param query over its own rows and the arguments, seen as [Correlated]
    /// @param comparisons of [SubqueryKind#ANY] and ALL: one per column, else empty
    /// @param left of ANY and ALL: one per column
    /// @param arguments what the query needs of the row around it
    record Subquery(
            SubqueryKind kind,
            Rel query,
            List<Callee> comparisons,
            List<Expr> left,
            List<Expr> arguments,
            SqlType type)
            implements Expr {
        @Override
        public List<Expr> children() {
            List<Expr> children = new ArrayList<>(left);
            children.addAll(arguments);
            return children;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new Subquery(
                    kind,
                    query,
                    comparisons,
                    List.copyOf(children.subList(0, left.size())),
                    List.copyOf(children.subList(left.size(), children.size())),
                    type);
        }
    }

    enum SubqueryKind {
        /// Its only column of its only row, NULL without a row, 21000 with several.
        SCALAR,
        EXISTS,
        /// True for a row that compares true.
        ANY,
        /// False for a row that compares false.
        ALL,
        /// Its only column as an array.
        ARRAY
    }

    /// An aggregate while its query block is being bound, before the block's [Rel.Aggregate] gives
    /// it a column; never part of a finished statement.
    record PendingAggregate(AggregateCall call) implements Expr {
        @Override
        public SqlType type() {
            return call.type();
        }

        @Override
        public List<Expr> children() {
            return call.children();
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            return new PendingAggregate(call.withChildren(children));
        }
    }

    /// A call with a window while its query block is being bound, before the block's [Rel.Window]
    /// gives it a column; never part of a finished statement.
    record PendingWindow(List<Expr> partition, List<AggregateCall.Order> order, WindowCall call)
            implements Expr {
        @Override
        public SqlType type() {
            return call.type();
        }

        @Override
        public List<Expr> children() {
            List<Expr> children = new ArrayList<>(partition);
            order.forEach(each -> children.add(each.key()));
            children.addAll(call.children());
            return children;
        }

        @Override
        public Expr withChildren(List<Expr> children) {
            int keys = partition.size();
            int own = keys + order.size();
            return new PendingWindow(
                    List.copyOf(children.subList(0, keys)),
                    AggregateCall.Order.withKeys(order, children.subList(keys, own)),
                    call.withChildren(children.subList(own, children.size())));
        }
    }
}
