package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scalar expression. `position` is where PostgreSQL would point: the operator of an operator
/// expression, the `::` of a cast, the first character of everything else.
///
/// AND and OR hold all their operands in one list, so that a chain of 100,000 is not deep; every
/// other operator nests.
public sealed interface Expression extends Node permits Expression.Atom, Condition, Compound {
    /// An expression without the operators of comparison and logic (see [Condition]) and without a
    /// grammar of its own (see [Compound]).
    sealed interface Atom extends Expression {}

    /// `NULL`.
    record NullLiteral(int position) implements Atom {}

    /// `TRUE`, `FALSE`.
    record BooleanLiteral(boolean value, int position) implements Atom {}

    /// A number as written, with a `-` before it where the grammar folds the sign into the
    /// constant.
    /// Its type is by its text: int4, int8 or numeric, the first that holds it.
    record NumberLiteral(String text, int position) implements Atom {
        /// Whether it is written without point and exponent; it may still be too large for int8.
        public boolean isInteger() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!(c >= '0' && c <= '9') && !(c == '-' && i == 0)) {
                    return false;
                }
            }
            return true;
        }
    }

    /// A string of any spelling, with its escapes resolved. Its type is *unknown* until context.
    record StringLiteral(String value, int position) implements Atom {}

    /// `B'101'`, `X'1F'`: the digits as written.
    record BitStringLiteral(String digits, boolean hexadecimal, int position) implements Atom {}

    /// `$1`; numbers start at 1.
    record Parameter(int number, int position) implements Atom {}

    /// `a`, `t.a`, `s.t.a`, `d.s.t.a`. A name alone may also mean a whole row.
    record ColumnReference(List<String> parts, int position) implements Atom {
        public ColumnReference {
            parts = List.copyOf(parts);
        }

        public String last() {
            return parts.getLast();
        }
    }

    /// `*` or `t.*`, in select lists, RETURNING, ROW(…) and the arguments of functions. The `*` of
    /// `count(*)` is not here but in [FunctionCall].
    record Star(List<String> qualifier, int position) implements Atom {
        public Star {
            qualifier = List.copyOf(qualifier);
        }
    }

    /// `DEFAULT`, where a row of VALUES or a SET allows it; the binder refuses it elsewhere.
    record Default(int position) implements Atom {}

    /// `WHERE CURRENT OF cursor`.
    record CurrentOf(String cursor, int position) implements Atom {}

    /// `- x`, `@ x`, `~ x`.
    record UnaryOperator(OperatorName operator, Expression operand, int position) implements Atom {}

    /// `a + b`, `a <= b`, `a ->> b`: everything that is looked up in `pg_operator`.
    record BinaryOperator(OperatorName operator, Expression left, Expression right, int position)
            implements Atom {}

    /// `CAST(x AS t)`, `x::t`, `t 'literal'`.
    record Cast(Expression operand, TypeName type, int position) implements Atom {}

    /// `x COLLATE c`.
    record Collate(Expression operand, QualifiedName collation, int position) implements Atom {}

    /// What is reached from a value by `.field`, `[i]`, `[i:j]` and `.*`, in one list as written:
    /// neighbouring subscripts are one operation upon an array.
    record Indirection(Expression base, List<Accessor> accessors, int position) implements Atom {
        public Indirection {
            accessors = List.copyOf(accessors);
        }
    }

    /// One step of [Indirection], or of the target of an assignment.
    sealed interface Accessor extends Node {
        /// `.name`.
        record Field(String name, int position) implements Accessor {}

        /// `.*`.
        record AllFields(int position) implements Accessor {}

        /// `[index]`.
        record Index(Expression index, int position) implements Accessor {}

        /// `[lower:upper]`, either of which may be left out.
        record Slice(@Nullable Expression lower, @Nullable Expression upper, int position)
                implements Accessor {}
    }

    /// A call of a function, an aggregate or a window function. The functions with a grammar of
    /// their own are here under their catalogue names, as in PostgreSQL: `EXTRACT(year FROM x)` is
    /// `pg_catalog.extract('year', x)`, `x AT TIME ZONE z` is `pg_catalog.timezone(z, x)`,
    /// `TRIM(BOTH c FROM x)` is `pg_catalog.btrim(x, c)`.
    ///
    /// @param star `count(*)`; there are no arguments then
    /// @param orderBy of an ordinary aggregate, `agg(x ORDER BY y)`
    /// @param withinGroup of an ordered-set aggregate, `WITHIN GROUP (ORDER BY y)`
    /// @param filter null unless written
    /// @param over null unless it is a window function
    /// @param syntax how it was written, for printing it again
    record FunctionCall(
            QualifiedName name,
            List<Argument> arguments,
            boolean distinct,
            boolean star,
            List<SortItem> orderBy,
            List<SortItem> withinGroup,
            @Nullable Expression filter,
            @Nullable Window over,
            Syntax syntax,
            int position)
            implements Atom {
        public FunctionCall {
            arguments = List.copyOf(arguments);
            orderBy = List.copyOf(orderBy);
            withinGroup = List.copyOf(withinGroup);
        }

        /// A plain call of a function of `pg_catalog` that was written in its own grammar.
        public static FunctionCall special(String name, List<Expression> arguments, int position) {
            return new FunctionCall(
                    QualifiedName.system(name, position),
                    arguments.stream().map(Argument::positional).toList(),
                    false,
                    false,
                    List.of(),
                    List.of(),
                    null,
                    null,
                    Syntax.SPECIAL,
                    position);
        }

        public enum Syntax {
            /// `name(arguments)`.
            CALL,
            /// EXTRACT, SUBSTRING, POSITION, OVERLAY, TRIM, NORMALIZE, COLLATION FOR, AT TIME ZONE.
            SPECIAL
        }
    }

    /// @param name of `name => value`; null for a positional argument
    /// @param variadic `VARIADIC array`, the last argument only
    record Argument(@Nullable String name, Expression value, boolean variadic, int position)
            implements Node {
        public static Argument positional(Expression value) {
            return new Argument(null, value, false, value.position());
        }
    }
}
