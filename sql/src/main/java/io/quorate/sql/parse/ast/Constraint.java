package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A constraint of a column or of a table. Column lists are empty where the constraint stands at
/// its
/// column. `name` is null unless `CONSTRAINT name` was written.
public sealed interface Constraint extends Node {
    @Nullable Name name();

    record NotNull(@Nullable Name name, int position) implements Constraint {}

    /// `NULL`: allowed, the default.
    record Null(@Nullable Name name, int position) implements Constraint {}

    record Default(@Nullable Name name, Expression value, int position) implements Constraint {}

    record Check(
            @Nullable Name name,
            Expression condition,
            boolean noInherit,
            boolean notValid,
            int position)
            implements Constraint {}

    /// PRIMARY KEY or UNIQUE.
    ///
    /// @param usingIndex of `USING INDEX name`, which stands instead of columns; null unless
    ///     written
    record Key(
            @Nullable Name name,
            boolean primary,
            List<Name> columns,
            List<Name> include,
            boolean nullsNotDistinct,
            List<Option> storage,
            @Nullable Name tablespace,
            @Nullable Name usingIndex,
            Deferral deferral,
            int position)
            implements Constraint {
        public Key {
            columns = List.copyOf(columns);
            include = List.copyOf(include);
            storage = List.copyOf(storage);
        }
    }

    /// REFERENCES at a column, FOREIGN KEY at a table.
    ///
    /// @param referenced empty means the primary key
    record ForeignKey(
            @Nullable Name name,
            List<Name> columns,
            QualifiedName table,
            List<Name> referenced,
            Match match,
            ReferentialAction onUpdate,
            ReferentialAction onDelete,
            Deferral deferral,
            boolean notValid,
            int position)
            implements Constraint {
        public ForeignKey {
            columns = List.copyOf(columns);
            referenced = List.copyOf(referenced);
        }
    }

    /// `GENERATED ALWAYS AS (…) STORED`.
    record Generated(@Nullable Name name, Expression value, int position) implements Constraint {}

    /// `GENERATED {ALWAYS|BY DEFAULT} AS IDENTITY [(…)]`.
    record Identity(@Nullable Name name, boolean always, List<SequenceOption> options, int position)
            implements Constraint {
        public Identity {
            options = List.copyOf(options);
        }
    }

    /// `EXCLUDE USING method (element WITH operator, …)`.
    record Exclude(
            @Nullable Name name,
            String method,
            List<TableStatement.IndexElement> elements,
            List<OperatorName> operators,
            @Nullable Expression where,
            Deferral deferral,
            int position)
            implements Constraint {
        public Exclude {
            elements = List.copyOf(elements);
            operators = List.copyOf(operators);
        }
    }

    enum Match {
        SIMPLE,
        FULL,
        PARTIAL
    }

    /// @param columns of `SET NULL (a)`; empty means all
    record ReferentialAction(ActionKind kind, List<Name> columns) {
        public static final ReferentialAction NO_ACTION =
                new ReferentialAction(ActionKind.NO_ACTION, List.of());

        public ReferentialAction {
            columns = List.copyOf(columns);
        }
    }

    enum ActionKind {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    enum Deferral {
        NOT_DEFERRABLE,
        DEFERRABLE,
        INITIALLY_DEFERRED
    }

    /// One clause of a sequence; also of an identity column.
    sealed interface SequenceOption extends Node {
        record As(TypeName type, int position) implements SequenceOption {}

        /// START, INCREMENT, MINVALUE, MAXVALUE, CACHE: an integer of any length as text.
        record Number(NumberKind kind, String value, int position) implements SequenceOption {}

        /// `NO MINVALUE`, `NO MAXVALUE`.
        record NoBound(NumberKind kind, int position) implements SequenceOption {}

        record Cycle(boolean cycle, int position) implements SequenceOption {}

        /// @param column null for OWNED BY NONE
        record OwnedBy(@Nullable QualifiedName column, int position) implements SequenceOption {}

        /// `RESTART [WITH n]`.
        record Restart(@Nullable String value, int position) implements SequenceOption {}

        /// `SEQUENCE NAME name`, as pg_dump writes for identity columns.
        record SequenceName(QualifiedName name, int position) implements SequenceOption {}
    }

    enum NumberKind {
        START,
        INCREMENT,
        MINVALUE,
        MAXVALUE,
        CACHE
    }
}
