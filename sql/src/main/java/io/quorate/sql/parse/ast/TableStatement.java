package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements that define tables and indexes.
public sealed interface TableStatement extends Statement {
    /// @param inherits the parents of INHERITS; usually empty
    /// @param ofType of `CREATE TABLE t OF type`; null unless written
    /// @param partitionOf null unless it is a partition
    /// @param partitionBy null unless it is partitioned
    /// @param accessMethod of USING; null unless written
    /// @param storage of WITH (…)
    record CreateTable(
            Persistence persistence,
            boolean ifNotExists,
            QualifiedName name,
            List<TableElement> elements,
            List<QualifiedName> inherits,
            @Nullable TypeName ofType,
            @Nullable PartitionOf partitionOf,
            @Nullable PartitionBy partitionBy,
            @Nullable Name accessMethod,
            List<Option> storage,
            OnCommit onCommit,
            @Nullable Name tablespace,
            int position)
            implements TableStatement {
        public CreateTable {
            elements = List.copyOf(elements);
            inherits = List.copyOf(inherits);
            storage = List.copyOf(storage);
        }
    }

    /// `CREATE TABLE … AS query`; also CREATE MATERIALIZED VIEW, whose options are the same.
    ///
    /// @param columns new names for the first columns; may be empty
    /// @param source a [Query] or [UtilityStatement.Execute]
    record CreateTableAs(
            boolean materializedView,
            Persistence persistence,
            boolean ifNotExists,
            QualifiedName name,
            List<Name> columns,
            @Nullable Name accessMethod,
            List<Option> storage,
            OnCommit onCommit,
            @Nullable Name tablespace,
            Statement source,
            boolean withData,
            int position)
            implements TableStatement {
        public CreateTableAs {
            columns = List.copyOf(columns);
            storage = List.copyOf(storage);
        }
    }

    /// @param name null if the name is to be made up
    /// @param method of USING, `btree` unless written
    record CreateIndex(
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            @Nullable Name name,
            QualifiedName table,
            boolean only,
            String method,
            List<IndexElement> elements,
            List<IndexElement> include,
            boolean nullsNotDistinct,
            List<Option> storage,
            @Nullable Name tablespace,
            @Nullable Expression where,
            int position)
            implements TableStatement {
        public CreateIndex {
            elements = List.copyOf(elements);
            include = List.copyOf(include);
            storage = List.copyOf(storage);
        }
    }

    /// ALTER TABLE and, for what they share with it, ALTER INDEX, VIEW, SEQUENCE and others.
    record AlterTable(
            ObjectKind kind,
            boolean ifExists,
            boolean only,
            QualifiedName name,
            List<AlterAction> actions,
            int position)
            implements TableStatement {
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    /// @param expression a one-part [Expression.ColumnReference] for a plain column
    record IndexElement(
            Expression expression,
            @Nullable QualifiedName collation,
            @Nullable QualifiedName operatorClass,
            List<Option> operatorClassOptions,
            SortItem.Direction direction,
            SortItem.Nulls nulls,
            int position)
            implements Node {
        public IndexElement {
            operatorClassOptions = List.copyOf(operatorClassOptions);
        }
    }

    /// What stands between the brackets of CREATE TABLE.
    sealed interface TableElement extends Node {}

    /// @param type null in `CREATE TABLE t OF type (column WITH OPTIONS …)` and in partitions
    /// @param collation null unless written
    record ColumnDefinition(
            Name name,
            @Nullable TypeName type,
            @Nullable QualifiedName collation,
            List<Constraint> constraints,
            int position)
            implements TableElement {
        public ColumnDefinition {
            constraints = List.copyOf(constraints);
        }
    }

    record TableConstraint(Constraint constraint, int position) implements TableElement {}

    /// `LIKE table [INCLUDING …]`.
    ///
    /// @param including what is copied besides columns and NOT NULL, in the order of the words:
    ///     `COMMENTS`, `COMPRESSION`, `CONSTRAINTS`, `DEFAULTS`, `IDENTITY`, `GENERATED`,
    ///     `INDEXES`,
    ///     `STATISTICS`, `STORAGE`
    record Like(QualifiedName table, List<String> including, int position) implements TableElement {
        public Like {
            including = List.copyOf(including);
        }
    }

    enum OnCommit {
        NONE,
        PRESERVE_ROWS,
        DELETE_ROWS,
        DROP
    }

    /// `PARTITION BY RANGE (a, (b + 1))`.
    ///
    /// @param strategy in lower case: `range`, `list`, `hash`
    record PartitionBy(String strategy, List<IndexElement> elements, int position) implements Node {
        public PartitionBy {
            elements = List.copyOf(elements);
        }
    }

    record PartitionOf(QualifiedName parent, PartitionBound bound) implements Node {
        @Override
        public int position() {
            return parent.position();
        }
    }

    sealed interface PartitionBound extends Node {
        record Default(int position) implements PartitionBound {}

        record In(List<Expression> values, int position) implements PartitionBound {
            public In {
                values = List.copyOf(values);
            }
        }

        /// MINVALUE and MAXVALUE come as column references of that name.
        record Range(List<Expression> from, List<Expression> to, int position)
                implements PartitionBound {
            public Range {
                from = List.copyOf(from);
                to = List.copyOf(to);
            }
        }

        record Hash(int modulus, int remainder, int position) implements PartitionBound {}
    }
}
