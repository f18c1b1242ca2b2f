package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `WITH [RECURSIVE] a AS (…), b AS (…)`.
public record With(boolean recursive, List<CommonTable> tables, int position) implements Node {
    public With {
        tables = List.copyOf(tables);
    }

    /// @param columns new names for the first columns; may be empty
    /// @param statement a [Query] or a [DataStatement] that changes data
    public record CommonTable(
            Name name,
            List<Name> columns,
            Materialization materialization,
            Statement statement,
            @Nullable Search search,
            @Nullable Cycle cycle)
            implements Node {
        public CommonTable {
            columns = List.copyOf(columns);
        }

        @Override
        public int position() {
            return name.position();
        }
    }

    public enum Materialization {
        DEFAULT,
        MATERIALIZED,
        NOT_MATERIALIZED
    }

    /// `SEARCH DEPTH FIRST BY a, b SET c`.
    public record Search(boolean breadthFirst, List<Name> by, Name set, int position)
            implements Node {
        public Search {
            by = List.copyOf(by);
        }
    }

    /// `CYCLE a SET c [TO v DEFAULT d] USING p`; mark and default are TRUE and FALSE unless
    /// written.
    public record Cycle(
            List<Name> columns,
            Name mark,
            Expression markValue,
            Expression markDefault,
            Name path,
            int position)
            implements Node {
        public Cycle {
            columns = List.copyOf(columns);
        }
    }
}
