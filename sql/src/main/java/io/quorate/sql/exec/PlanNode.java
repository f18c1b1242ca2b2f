package io.quorate.sql.exec;

import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.algebra.Rel.LockTarget;
import io.quorate.sql.algebra.Rel.SetKind;
import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.algebra.WindowCall;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One step of a plan. Its rows are arrays; [#rows] is how many the planner expects.
public sealed interface PlanNode {
    double rows();

    List<PlanNode> inputs();

    /// A step that reads no other.
    sealed interface Leaf extends PlanNode {
        @Override
        default List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// A step over one other.
    sealed interface Single extends PlanNode {
        PlanNode input();

        @Override
        default List<PlanNode> inputs() {
            return List.of(input());
        }
    }

    /// Every row of a table.
    ///
    /// @param withKey whether the row's key follows its columns
    record TableScan(
            TableRows table, String alias, boolean withKey, @Nullable Computed filter, double rows)
            implements Leaf {}

    /// The rows of a table that an index leads to.
    record IndexScan(
            TableRows table,
            String alias,
            boolean withKey,
            IndexAccess access,
            @Nullable Computed filter,
            double rows)
            implements Leaf {}

    record ViewScan(SystemView view, String alias, @Nullable Computed filter, double rows)
            implements Leaf {}

    record Values(List<List<Computed>> tuples, List<SqlType> types, double rows) implements Leaf {}

    record FunctionScan(String alias, List<Computed> calls, boolean ordinality, double rows)
            implements Leaf {}

    record Project(PlanNode input, List<Computed> expressions, double rows) implements Single {}

    record ProjectSet(PlanNode input, List<Computed> expressions, double rows) implements Single {}

    record Filter(PlanNode input, Computed condition, double rows) implements Single {}

    /// @param leftKeys and `rightKeys`: equal by pairs, as values of `keyTypes`; NULL is equal to nothing
    /// @param residual over both rows; null for none
    record HashJoin(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            List<Computed> leftKeys,
            List<Computed> rightKeys,
            List<SqlType> keyTypes,
            @Nullable Computed residual,
            int leftWidth,
            int rightWidth,
            double rows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /// @param condition over both rows; null for none
    record NestedLoop(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            @Nullable Computed condition,
            int leftWidth,
            int rightWidth,
            double rows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /// A join that looks up the rows of a table by values of the left row, for many left rows at once.
    /// INNER, LEFT, SEMI or ANTI.
    ///
    /// @param access its values stand over the left row
    /// @param filter over the table's row alone; null for none
    /// @param residual over both rows; null for none
    record LookupJoin(
            JoinKind kind,
            PlanNode input,
            TableRows table,
            String alias,
            boolean withKey,
            IndexAccess access,
            @Nullable Computed filter,
            @Nullable Computed residual,
            double rows)
            implements Single {}

    /// A join whose right side runs once per left row.
    record LateralJoin(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            List<Computed> arguments,
            @Nullable Computed condition,
            int rightWidth,
            double rows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    record Aggregate(PlanNode input, List<Computed> groups, List<GroupedCall> calls, double rows)
            implements Single {}

    /// An aggregate with its compiled operands.
    record GroupedCall(
            AggregateCall call,
            List<Computed> arguments,
            List<Computed> orderKeys,
            @Nullable Computed filter) {}

    /// @param order the directions of `orderKeys`
    /// @param inputWidth of the input's rows, which the calls' values follow
    record Window(
            PlanNode input,
            List<Computed> partition,
            List<Computed> orderKeys,
            List<AggregateCall.Order> order,
            List<FramedCall> calls,
            int inputWidth,
            double rows)
            implements Single {}

    /// A window call with its compiled operands.
    ///
    /// @param startOffset of its frame, without a row; null where it counts nothing
    /// @param endOffset as `startOffset`
    record FramedCall(
            WindowCall call,
            List<Computed> arguments,
            @Nullable Computed filter,
            @Nullable Computed startOffset,
            @Nullable Computed endOffset) {}

    record Sort(PlanNode input, List<SortKey> keys, double rows) implements Single {}

    /// @param limit and `offset` are without a row; a null limit is none
    record Limit(PlanNode input, @Nullable Computed limit, @Nullable Computed offset, double rows)
            implements Single {}

    /// The first rows by order: a [Sort] and a [Limit] that keeps only what it will return.
    record TopRows(
            PlanNode input,
            List<SortKey> keys,
            Computed limit,
            @Nullable Computed offset,
            double rows)
            implements Single {}

    record Distinct(PlanNode input, List<Integer> slots, List<SqlType> types, double rows)
            implements Single {}

    record SetOperation(
            SetKind kind,
            boolean all,
            PlanNode left,
            PlanNode right,
            List<SqlType> types,
            double rows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }
    }

    /// @param tables computed when first read
    record With(List<CommonPlan> tables, PlanNode body, double rows) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(body);
        }
    }

    record CommonPlan(int id, String name, PlanNode plan) {}

    record CommonScan(int id, String name, double rows) implements Leaf {}

    record Recursive(
            int id,
            String name,
            boolean all,
            PlanNode base,
            PlanNode step,
            List<SqlType> types,
            double rows)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(base, step);
        }
    }

    record LockRows(PlanNode input, List<LockTarget> targets, double rows) implements Single {}

    /// @param conflict null without ON CONFLICT
    /// @param returning null without RETURNING
    record Insert(
            PlanNode input,
            ChangedTable table,
            @Nullable OnConflict conflict,
            @Nullable List<Computed> returning,
            double rows)
            implements Single {}

    /// @param arbiters the unique indexes to look in
    /// @param inferred whether the statement named them
    /// @param positions of the columns that change, in the order of `values`
    /// @param values over the row there followed by the one to insert, as `filter` is
    record OnConflict(
            List<IndexDescriptor> arbiters,
            boolean inferred,
            boolean updates,
            int[] positions,
            List<Computed> values,
            @Nullable Computed filter) {}

    /// @param positions of the columns that change, in the order of `values`
    record Update(
            PlanNode input,
            ChangedTable table,
            int[] positions,
            List<Computed> values,
            @Nullable List<Computed> returning,
            double rows)
            implements Single {}

    record Delete(
            PlanNode input, ChangedTable table, @Nullable List<Computed> returning, double rows)
            implements Single {}

    /// The table of a change and what its new rows must satisfy.
    ///
    /// @param keys its foreign keys and those that refer to it
    record ChangedTable(TableRows rows, List<NamedCheck> checks, TableKeys keys) {}

    record NamedCheck(String name, Computed condition) {}
}
