package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A SELECT, VALUES, TABLE or set operation with the clauses around it.
///
/// `(SELECT … ORDER BY a) UNION SELECT … ORDER BY b` is a Query with the body SetOperation, whose
/// sides are Queries again; the last ORDER BY belongs to the outer one.
///
/// @param limit null for none and for LIMIT ALL
/// @param withTies `FETCH FIRST n ROWS WITH TIES`
public record Query(
        @Nullable With with,
        Body body,
        List<SortItem> orderBy,
        @Nullable Expression limit,
        boolean withTies,
        @Nullable Expression offset,
        List<Locking> locking,
        int position)
        implements Statement {
    public Query {
        orderBy = List.copyOf(orderBy);
        locking = List.copyOf(locking);
    }

    /// A body with nothing around it.
    public static Query of(Body body) {
        return new Query(null, body, List.of(), null, false, null, List.of(), body.position());
    }

    public Query withBody(Body newBody) {
        return new Query(with, newBody, orderBy, limit, withTies, offset, locking, position);
    }

    /// Whether nothing stands around the body.
    public boolean isPlain() {
        return with == null
                && orderBy.isEmpty()
                && limit == null
                && offset == null
                && locking.isEmpty();
    }

    public sealed interface Body extends Node {}

    /// `TABLE t` comes as `SELECT * FROM t`.
    ///
    /// @param distinct null for ALL
    /// @param items may be empty: `SELECT FROM t` has rows without columns
    /// @param into of `SELECT … INTO t`; null unless written
    /// @param from the elements between the commas; empty without FROM
    /// @param groupBy null without GROUP BY
    public record Select(
            @Nullable Distinct distinct,
            List<SelectItem> items,
            @Nullable Into into,
            List<TableExpression> from,
            @Nullable Expression where,
            @Nullable GroupBy groupBy,
            @Nullable Expression having,
            List<Window.Definition> windows,
            int position)
            implements Body {
        public Select {
            items = List.copyOf(items);
            from = List.copyOf(from);
            windows = List.copyOf(windows);
        }

        public Select withItems(List<SelectItem> newItems) {
            return new Select(
                    distinct, newItems, into, from, where, groupBy, having, windows, position);
        }

        public Select withoutInto() {
            return new Select(
                    distinct, items, null, from, where, groupBy, having, windows, position);
        }
    }

    /// `VALUES (…), (…)`; the rows may be of different length, which the binder refuses.
    public record Values(List<Compound.Row> rows, int position) implements Body {
        public Values {
            rows = List.copyOf(rows);
        }
    }

    public record SetOperation(SetKind kind, boolean all, Query left, Query right, int position)
            implements Body {}

    public enum SetKind {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /// @param on the expressions of DISTINCT ON; empty for plain DISTINCT
    public record Distinct(List<Expression> on, int position) implements Node {
        public Distinct {
            on = List.copyOf(on);
        }
    }

    /// An output column, of a select list or of RETURNING.
    ///
    /// @param alias null unless written
    public record SelectItem(Expression expression, @Nullable Name alias, int position)
            implements Node {}

    public record Into(QualifiedName table, Persistence persistence, int position)
            implements Node {}

    public record GroupBy(boolean distinct, List<GroupingElement> elements, int position)
            implements Node {
        public GroupBy {
            elements = List.copyOf(elements);
        }
    }

    public sealed interface GroupingElement extends Node {
        /// An expression, or a row of them.
        record Simple(Expression expression, int position) implements GroupingElement {}

        /// `()`.
        record Empty(int position) implements GroupingElement {}

        record Rollup(List<Expression> expressions, int position) implements GroupingElement {
            public Rollup {
                expressions = List.copyOf(expressions);
            }
        }

        record Cube(List<Expression> expressions, int position) implements GroupingElement {
            public Cube {
                expressions = List.copyOf(expressions);
            }
        }

        record Sets(List<GroupingElement> elements, int position) implements GroupingElement {
            public Sets {
                elements = List.copyOf(elements);
            }
        }
    }

    /// `FOR UPDATE OF t NOWAIT`.
    ///
    /// @param tables of OF; empty means all
    public record Locking(Strength strength, List<QualifiedName> tables, Wait waiting, int position)
            implements Node {
        public Locking {
            tables = List.copyOf(tables);
        }

        public enum Strength {
            KEY_SHARE,
            SHARE,
            NO_KEY_UPDATE,
            UPDATE
        }

        public enum Wait {
            BLOCK,
            NOWAIT,
            SKIP_LOCKED
        }
    }
}
