package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An element of FROM.
public sealed interface TableExpression extends Node {
    /// `[ONLY] schema.table [AS alias] [TABLESAMPLE …]`; a common table looks the same.
    record TableReference(
            QualifiedName name,
            boolean only,
            @Nullable TableAlias alias,
            @Nullable TableSample sample,
            int position)
            implements TableExpression {}

    /// `[LATERAL] (SELECT …) [AS alias]`; also `(VALUES …)`. PostgreSQL 15 demands the alias: the
    /// parser has checked it.
    record Subquery(Query query, boolean lateral, @Nullable TableAlias alias, int position)
            implements TableExpression {}

    /// `[LATERAL] f(x) [WITH ORDINALITY] [AS alias]`, or several in `ROWS FROM (…)`.
    record FunctionTable(
            List<TableFunction> functions,
            boolean rowsFrom,
            boolean lateral,
            boolean ordinality,
            @Nullable TableAlias alias,
            int position)
            implements TableExpression {
        public FunctionTable {
            functions = List.copyOf(functions);
        }
    }

    /// @param columns the column definition list `AS (a int, b text)`; empty unless written
    record TableFunction(Expression call, List<ColumnType> columns, int position) implements Node {
        public TableFunction {
            columns = List.copyOf(columns);
        }
    }

    /// @param collation null unless written
    record ColumnType(Name name, TypeName type, @Nullable QualifiedName collation) implements Node {
        @Override
        public int position() {
            return name.position();
        }
    }

    /// @param condition of ON; null for CROSS, NATURAL and USING
    /// @param using the columns of USING; empty unless written
    /// @param usingAlias of `USING (…) AS alias`; null unless written
    /// @param alias of a join in brackets; null unless written
    record Join(
            JoinKind kind,
            boolean natural,
            TableExpression left,
            TableExpression right,
            @Nullable Expression condition,
            List<Name> using,
            @Nullable Name usingAlias,
            @Nullable TableAlias alias,
            int position)
            implements TableExpression {
        public Join {
            using = List.copyOf(using);
        }
    }

    enum JoinKind {
        CROSS,
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /// @param columns new names for the first columns; may be empty
    record TableAlias(Name name, List<Name> columns) implements Node {
        public TableAlias {
            columns = List.copyOf(columns);
        }

        @Override
        public int position() {
            return name.position();
        }
    }

    /// `TABLESAMPLE method (arguments) [REPEATABLE (seed)]`.
    record TableSample(
            QualifiedName method,
            List<Expression> arguments,
            @Nullable Expression repeatable,
            int position)
            implements Node {
        public TableSample {
            arguments = List.copyOf(arguments);
        }
    }
}
