package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The expressions of logic and comparison that are grammar, not operators of the catalogue.
public sealed interface Condition extends Expression {
    /// At least two operands; a nested AND in brackets stays nested.
    record And(List<Expression> operands, int position) implements Condition {
        public And {
            operands = List.copyOf(operands);
        }
    }

    /// At least two operands.
    record Or(List<Expression> operands, int position) implements Condition {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    record Not(Expression operand, int position) implements Condition {}

    /// `x IS [NOT] NULL`, `x ISNULL`, `x NOTNULL`.
    record IsNull(Expression operand, boolean negated, int position) implements Condition {}

    /// `x IS [NOT] TRUE`, FALSE, UNKNOWN.
    record IsTruth(Expression operand, Truth truth, boolean negated, int position)
            implements Condition {}

    enum Truth {
        TRUE,
        FALSE,
        UNKNOWN
    }

    /// `x IS [NOT] DISTINCT FROM y`.
    record IsDistinct(Expression left, Expression right, boolean negated, int position)
            implements Condition {}

    /// `x IS [NOT] DOCUMENT`.
    record IsDocument(Expression operand, boolean negated, int position) implements Condition {}

    /// `x IS [NOT] [form] NORMALIZED`.
    ///
    /// @param form NFC, NFD, NFKC or NFKD; null for the default NFC
    record IsNormalized(Expression operand, @Nullable String form, boolean negated, int position)
            implements Condition {}

    /// `x [NOT] LIKE pattern [ESCAPE e]` and its relatives. By name these are the operators `~~`,
    /// `~~*` and `~` (over `similar_to_escape`).
    record Like(
            Kind kind,
            Expression operand,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated,
            int position)
            implements Condition {
        public enum Kind {
            LIKE,
            ILIKE,
            SIMILAR_TO
        }
    }

    /// `x [NOT] BETWEEN [SYMMETRIC] low AND high`.
    record Between(
            Expression operand,
            Expression low,
            Expression high,
            boolean symmetric,
            boolean negated,
            int position)
            implements Condition {}

    /// `x [NOT] IN (a, b)`.
    record InList(Expression operand, List<Expression> values, boolean negated, int position)
            implements Condition {
        public InList {
            values = List.copyOf(values);
        }
    }

    /// `x [NOT] IN (SELECT …)`; the operand is a [Compound.Row] for several columns.
    record InQuery(Expression operand, Query query, boolean negated, int position)
            implements Condition {}

    /// `x op ANY (SELECT …)`, `x op ALL (SELECT …)`. LIKE and its relatives come as `~~`, `!~~`,
    /// `~~*`, `!~~*`.
    record QuantifiedQuery(
            Expression left,
            OperatorName operator,
            Quantifier quantifier,
            Query query,
            int position)
            implements Condition {}

    /// `x op ANY (array)`, `x op ALL (array)`.
    record QuantifiedArray(
            Expression left,
            OperatorName operator,
            Quantifier quantifier,
            Expression array,
            int position)
            implements Condition {}

    /// SOME is ANY.
    enum Quantifier {
        ANY,
        ALL
    }

    /// `EXISTS (SELECT …)`.
    record Exists(Query query, int position) implements Condition {}

    /// `(a, b) OVERLAPS (c, d)`, both sides of two elements.
    record Overlaps(Compound.Row left, Compound.Row right, int position) implements Condition {}
}
