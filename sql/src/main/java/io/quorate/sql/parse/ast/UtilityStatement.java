package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements around other statements: COPY, EXPLAIN, prepared statements, cursors, upkeep.
public sealed interface UtilityStatement extends Statement {
    /// @param source what is copied out of, or into
    /// @param options in the new spelling; the legacy one is turned into it
    /// @param where of COPY FROM; null unless written
    record Copy(
            CopySource source,
            boolean from,
            CopyEnd end,
            List<Option> options,
            @Nullable Expression where,
            int position)
            implements UtilityStatement {
        public Copy {
            options = List.copyOf(options);
        }
    }

    sealed interface CopySource extends Node {
        /// @param columns empty for all
        record Table(QualifiedName name, List<Name> columns, int position) implements CopySource {
            public Table {
                columns = List.copyOf(columns);
            }
        }

        /// A [Query], or a [DataStatement] with RETURNING.
        record Rows(Statement statement, int position) implements CopySource {}
    }

    sealed interface CopyEnd {
        /// STDIN or STDOUT.
        record Client() implements CopyEnd {}

        record File(String name) implements CopyEnd {}

        record Program(String command) implements CopyEnd {}
    }

    /// `EXPLAIN ANALYZE VERBOSE` comes as options.
    record Explain(List<Option> options, Statement statement, int position)
            implements UtilityStatement {
        public Explain {
            options = List.copyOf(options);
        }
    }

    /// @param parameterTypes may be shorter than the parameters used
    record Prepare(Name name, List<TypeName> parameterTypes, Statement statement, int position)
            implements UtilityStatement {
        public Prepare {
            parameterTypes = List.copyOf(parameterTypes);
        }
    }

    record Execute(Name name, List<Expression> arguments, int position)
            implements UtilityStatement {
        public Execute {
            arguments = List.copyOf(arguments);
        }
    }

    /// @param name null for ALL
    record Deallocate(@Nullable Name name, int position) implements UtilityStatement {}

    /// @param scroll null unless SCROLL or NO SCROLL was written
    record DeclareCursor(
            Name name,
            boolean binary,
            @Nullable Boolean scroll,
            boolean insensitive,
            boolean hold,
            Query query,
            int position)
            implements UtilityStatement {}

    /// FETCH, or MOVE, which returns no rows.
    ///
    /// @param count for FORWARD, BACKWARD, ABSOLUTE and RELATIVE; [#ALL] for ALL
    record Fetch(Name cursor, boolean move, Direction direction, long count, int position)
            implements UtilityStatement {
        public static final long ALL = Long.MAX_VALUE;

        public enum Direction {
            FORWARD,
            BACKWARD,
            ABSOLUTE,
            RELATIVE
        }
    }

    /// @param name null for ALL
    record CloseCursor(@Nullable Name name, int position) implements UtilityStatement {}

    /// VACUUM, and ANALYZE alone.
    ///
    /// @param targets empty for all tables
    record Vacuum(boolean vacuum, List<Option> options, List<VacuumTarget> targets, int position)
            implements UtilityStatement {
        public Vacuum {
            options = List.copyOf(options);
            targets = List.copyOf(targets);
        }
    }

    record VacuumTarget(QualifiedName table, List<Name> columns, int position) implements Node {
        public VacuumTarget {
            columns = List.copyOf(columns);
        }
    }

    /// REINDEX and CLUSTER.
    ///
    /// @param name null for all
    record Rebuild(String command, @Nullable QualifiedName name, int position)
            implements UtilityStatement {}

    record Checkpoint(int position) implements UtilityStatement {}

    /// `DO [LANGUAGE l] $$…$$`.
    record Do(@Nullable Name language, String code, int position) implements UtilityStatement {}

    record Call(Expression.FunctionCall call, int position) implements UtilityStatement {}
}
