package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements that define what is neither table nor index nor role.
public sealed interface ObjectStatement extends Statement {
    /// @param columns new names for the first columns; may be empty
    record CreateView(
            boolean orReplace,
            Persistence persistence,
            boolean recursive,
            QualifiedName name,
            List<Name> columns,
            List<Option> options,
            Query query,
            CheckOption checkOption,
            int position)
            implements ObjectStatement {
        public CreateView {
            columns = List.copyOf(columns);
            options = List.copyOf(options);
        }
    }

    enum CheckOption {
        NONE,
        LOCAL,
        CASCADED
    }

    record RefreshMaterializedView(
            boolean concurrently, QualifiedName name, boolean withData, int position)
            implements ObjectStatement {}

    record CreateSequence(
            Persistence persistence,
            boolean ifNotExists,
            QualifiedName name,
            List<Constraint.SequenceOption> options,
            int position)
            implements ObjectStatement {
        public CreateSequence {
            options = List.copyOf(options);
        }
    }

    /// The clauses of a sequence; renaming and the like come as [TableStatement.AlterTable].
    record AlterSequence(
            boolean ifExists,
            QualifiedName name,
            List<Constraint.SequenceOption> options,
            int position)
            implements ObjectStatement {
        public AlterSequence {
            options = List.copyOf(options);
        }
    }

    /// @param name null in `CREATE SCHEMA AUTHORIZATION role`
    /// @param elements the statements that fill it; usually empty
    record CreateSchema(
            boolean ifNotExists,
            @Nullable Name name,
            @Nullable Name authorization,
            List<Statement> elements,
            int position)
            implements ObjectStatement {
        public CreateSchema {
            elements = List.copyOf(elements);
        }
    }

    record CreateDatabase(Name name, List<Option> options, int position)
            implements ObjectStatement {
        public CreateDatabase {
            options = List.copyOf(options);
        }
    }

    record DropDatabase(boolean ifExists, Name name, boolean force, int position)
            implements ObjectStatement {}

    record CreateEnum(QualifiedName name, List<String> labels, int position)
            implements ObjectStatement {
        public CreateEnum {
            labels = List.copyOf(labels);
        }
    }

    /// `CREATE TYPE t AS (a int, b text)`.
    record CreateComposite(
            QualifiedName name, List<TableExpression.ColumnType> attributes, int position)
            implements ObjectStatement {
        public CreateComposite {
            attributes = List.copyOf(attributes);
        }
    }

    /// `ALTER TYPE t ADD VALUE 'x' [BEFORE|AFTER 'y']`.
    ///
    /// @param neighbour null to append
    record AddEnumValue(
            QualifiedName type,
            boolean ifNotExists,
            String label,
            @Nullable String neighbour,
            boolean before,
            int position)
            implements ObjectStatement {}

    record RenameEnumValue(QualifiedName type, String from, String to, int position)
            implements ObjectStatement {}

    /// @param constraints NOT NULL, NULL, DEFAULT and CHECK only
    record CreateDomain(
            QualifiedName name,
            TypeName type,
            @Nullable QualifiedName collation,
            List<Constraint> constraints,
            int position)
            implements ObjectStatement {
        public CreateDomain {
            constraints = List.copyOf(constraints);
        }
    }

    record AlterDomain(QualifiedName name, DomainAction action, int position)
            implements ObjectStatement {}

    sealed interface DomainAction {
        record SetDefault(Expression value) implements DomainAction {}

        record DropDefault() implements DomainAction {}

        record SetNotNull() implements DomainAction {}

        record DropNotNull() implements DomainAction {}

        record AddConstraint(Constraint constraint) implements DomainAction {}

        record DropConstraint(boolean ifExists, Name name, boolean cascade)
                implements DomainAction {}

        record ValidateConstraint(Name name) implements DomainAction {}
    }

    /// `ALTER kind name RENAME TO / OWNER TO / SET SCHEMA`, for kinds without columns.
    record AlterObject(ObjectKind kind, QualifiedName name, AlterAction action, int position)
            implements ObjectStatement {}

    /// DROP of everything that is named by a name alone, or, for a trigger, rule or policy, by a
    /// name and its table, which then comes first in the qualified name.
    record Drop(
            ObjectKind kind,
            boolean concurrently,
            boolean ifExists,
            List<QualifiedName> names,
            boolean cascade,
            int position)
            implements ObjectStatement {
        public Drop {
            names = List.copyOf(names);
        }
    }

    /// @param name for a constraint, the table's name followed by the constraint's
    /// @param comment null for IS NULL, which takes the comment away
    record CommentOn(ObjectKind kind, QualifiedName name, @Nullable String comment, int position)
            implements ObjectStatement {}

    record Truncate(
            List<TableExpression.TableReference> tables,
            boolean restartIdentity,
            boolean cascade,
            int position)
            implements ObjectStatement {
        public Truncate {
            tables = List.copyOf(tables);
        }
    }

    /// `CREATE EXTENSION [IF NOT EXISTS] name …`.
    record CreateExtension(boolean ifNotExists, Name name, List<Option> options, int position)
            implements ObjectStatement {
        public CreateExtension {
            options = List.copyOf(options);
        }
    }
}
