package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The expressions with a grammar of their own that are no conditions.
public sealed interface Compound extends Expression {
    /// `CASE [operand] WHEN … THEN … [ELSE …] END`.
    record Case(
            @Nullable Expression operand,
            List<When> branches,
            @Nullable Expression otherwise,
            int position)
            implements Compound {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    record When(Expression condition, Expression result, int position) implements Node {}

    record Coalesce(List<Expression> arguments, int position) implements Compound {
        public Coalesce {
            arguments = List.copyOf(arguments);
        }
    }

    record Greatest(List<Expression> arguments, int position) implements Compound {
        public Greatest {
            arguments = List.copyOf(arguments);
        }
    }

    record Least(List<Expression> arguments, int position) implements Compound {
        public Least {
            arguments = List.copyOf(arguments);
        }
    }

    record NullIf(Expression left, Expression right, int position) implements Compound {}

    /// `ROW(…)` or, with at least two elements, `(a, b)`.
    record Row(List<Expression> elements, boolean explicit, int position) implements Compound {
        public Row {
            elements = List.copyOf(elements);
        }
    }

    /// `ARRAY[…]`. In a nested `ARRAY[[1], [2]]` the inner brackets are constructors too.
    record ArrayConstructor(List<Expression> elements, int position) implements Compound {
        public ArrayConstructor {
            elements = List.copyOf(elements);
        }
    }

    /// `ARRAY(SELECT …)`.
    record ArrayQuery(Query query, int position) implements Compound {}

    /// `(SELECT …)` as a value.
    record ScalarQuery(Query query, int position) implements Compound {}

    /// `GROUPING(a, b)`.
    record Grouping(List<Expression> arguments, int position) implements Compound {
        public Grouping {
            arguments = List.copyOf(arguments);
        }
    }

    /// `CURRENT_DATE` and the others that are called without brackets.
    ///
    /// @param precision of the four that take one; null unless written
    record ValueFunction(Kind kind, @Nullable Integer precision, int position) implements Compound {
        public enum Kind {
            CURRENT_DATE,
            CURRENT_TIME,
            CURRENT_TIMESTAMP,
            LOCALTIME,
            LOCALTIMESTAMP,
            CURRENT_ROLE,
            CURRENT_USER,
            USER,
            SESSION_USER,
            CURRENT_CATALOG,
            CURRENT_SCHEMA
        }
    }
}
