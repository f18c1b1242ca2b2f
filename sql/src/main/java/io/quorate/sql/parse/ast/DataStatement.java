package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements that change rows.
public sealed interface DataStatement extends Statement {
    @Nullable With with();

    /// @param columns empty if not written: all of the table, in order
    /// @param source null for DEFAULT VALUES; rows of VALUES may hold [Expression.Default]
    /// @param onConflict null unless written
    record Insert(
            @Nullable With with,
            QualifiedName table,
            @Nullable Name alias,
            List<Target> columns,
            Overriding overriding,
            @Nullable Query source,
            @Nullable OnConflict onConflict,
            List<Query.SelectItem> returning,
            int position)
            implements DataStatement {
        public Insert {
            columns = List.copyOf(columns);
            returning = List.copyOf(returning);
        }
    }

    record Update(
            @Nullable With with,
            TableExpression.TableReference table,
            List<Assignment> assignments,
            List<TableExpression> from,
            @Nullable Expression where,
            List<Query.SelectItem> returning,
            int position)
            implements DataStatement {
        public Update {
            assignments = List.copyOf(assignments);
            from = List.copyOf(from);
            returning = List.copyOf(returning);
        }
    }

    record Delete(
            @Nullable With with,
            TableExpression.TableReference table,
            List<TableExpression> using,
            @Nullable Expression where,
            List<Query.SelectItem> returning,
            int position)
            implements DataStatement {
        public Delete {
            using = List.copyOf(using);
            returning = List.copyOf(returning);
        }
    }

    record Merge(
            @Nullable With with,
            TableExpression.TableReference table,
            TableExpression source,
            Expression on,
            List<MergeWhen> branches,
            int position)
            implements DataStatement {
        public Merge {
            branches = List.copyOf(branches);
        }
    }

    /// A column that is written to, or a part of it: `a`, `a[1]`, `a.field`.
    record Target(Name column, List<Expression.Accessor> accessors) implements Node {
        public Target {
            accessors = List.copyOf(accessors);
        }

        @Override
        public int position() {
            return column.position();
        }
    }

    sealed interface Assignment extends Node {
        /// `a = value`; the value may be [Expression.Default].
        record Single(Target target, Expression value, int position) implements Assignment {}

        /// `(a, b) = source`, where the source is a [Compound.Row], a [Compound.ScalarQuery], or an
        /// expression that the binder refuses.
        record Multiple(List<Target> targets, Expression source, int position)
                implements Assignment {
            public Multiple {
                targets = List.copyOf(targets);
            }
        }
    }

    enum Overriding {
        NONE,
        SYSTEM_VALUE,
        USER_VALUE
    }

    /// @param target null if not written: any conflict, for DO NOTHING only
    /// @param assignments empty for DO NOTHING
    record OnConflict(
            @Nullable ConflictTarget target,
            boolean doNothing,
            List<Assignment> assignments,
            @Nullable Expression where,
            int position)
            implements Node {
        public OnConflict {
            assignments = List.copyOf(assignments);
        }
    }

    sealed interface ConflictTarget extends Node {
        /// `(a, lower(b)) [WHERE …]`: the unique index over just these.
        record Columns(
                List<TableStatement.IndexElement> elements,
                @Nullable Expression where,
                int position)
                implements ConflictTarget {
            public Columns {
                elements = List.copyOf(elements);
            }
        }

        /// `ON CONSTRAINT name`.
        record Constraint(Name name, int position) implements ConflictTarget {}
    }

    /// @param condition of AND; null unless written
    record MergeWhen(
            boolean matched, @Nullable Expression condition, MergeAction action, int position)
            implements Node {}

    sealed interface MergeAction extends Node {
        record Update(List<Assignment> assignments, int position) implements MergeAction {
            public Update {
                assignments = List.copyOf(assignments);
            }
        }

        record Delete(int position) implements MergeAction {}

        /// @param values null for DEFAULT VALUES
        record Insert(
                List<Target> columns,
                Overriding overriding,
                Compound.@Nullable Row values,
                int position)
                implements MergeAction {
            public Insert {
                columns = List.copyOf(columns);
            }
        }

        record DoNothing(int position) implements MergeAction {}
    }
}
