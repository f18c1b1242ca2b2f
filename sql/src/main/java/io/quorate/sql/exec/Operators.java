package io.quorate.sql.exec;

import org.jspecify.annotations.Nullable;

/// Makes the operator of each kind of step.
final class Operators {
    private Operators() {}

    static Operator create(PlanNode node, Frame frame) {
        return switch (node) {
            case PlanNode.TableScan scan -> new TableScanOperator(scan, frame);
            case PlanNode.IndexScan scan -> new IndexScanOperator(scan, frame);
            case PlanNode.ViewScan scan -> new ViewScanOperator(scan, frame);
            case PlanNode.Values values -> new RowOperators.ValuesOperator(values, frame);
            case PlanNode.FunctionScan scan -> new SetOperators.FunctionScanOperator(scan, frame);
            case PlanNode.Project project ->
                    new RowOperators.ProjectOperator(
                            create(project.input(), frame), project, frame);
            case PlanNode.ProjectSet project ->
                    new SetOperators.ProjectSetOperator(
                            create(project.input(), frame), project, frame);
            case PlanNode.Filter filter ->
                    new RowOperators.FilterOperator(create(filter.input(), frame), filter, frame);
            case PlanNode.HashJoin join -> new HashJoinOperator(join, frame);
            case PlanNode.NestedLoop join -> new NestedLoopOperator(join, frame);
            case PlanNode.LookupJoin join -> new LookupJoinOperator(join, frame);
            case PlanNode.LateralJoin join -> new LateralJoinOperator(join, frame);
            case PlanNode.Aggregate aggregate ->
                    new AggregateOperator(create(aggregate.input(), frame), aggregate, frame);
            case PlanNode.Window window ->
                    new WindowOperator(create(window.input(), frame), window, frame);
            case PlanNode.Sort sort ->
                    new SortOperator(create(sort.input(), frame), sort.keys(), frame);
            case PlanNode.Limit limit ->
                    new RowOperators.LimitOperator(create(limit.input(), frame), limit, frame);
            case PlanNode.TopRows top ->
                    new TopRowsOperator(create(top.input(), frame), top, frame);
            case PlanNode.Distinct distinct ->
                    new RowOperators.DistinctOperator(
                            create(distinct.input(), frame), distinct, frame);
            case PlanNode.SetOperation operation -> new SetOperationOperator(operation, frame);
            case PlanNode.With with -> new CommonOperators.WithOperator(with, frame);
            case PlanNode.CommonScan scan -> new CommonOperators.ScanOperator(scan, frame);
            case PlanNode.Recursive recursive ->
                    new CommonOperators.RecursiveOperator(recursive, frame);
            case PlanNode.LockRows lock ->
                    new LockRowsOperator(create(lock.input(), frame), lock, frame);
            case PlanNode.Insert insert -> {
                Operator input = create(insert.input(), frame);
                PlanNode.OnConflict conflict = insert.conflict();
                yield conflict == null
                        ? new InsertOperator(input, insert, frame)
                        : new UpsertOperator(input, insert, conflict, frame);
            }
            case PlanNode.Update update ->
                    new UpdateOperator(create(update.input(), frame), update, frame);
            case PlanNode.Delete delete ->
                    new DeleteOperator(create(delete.input(), frame), delete, frame);
        };
    }

    /// Whether an optional condition lets a row pass.
    static boolean passes(@Nullable Computed condition, Frame frame, @Nullable Object[] row) {
        return condition == null || condition.evaluator().holds(frame, row);
    }

    /// A row followed by another.
    static @Nullable Object[] joined(@Nullable Object[] left, @Nullable Object[] right) {
        @Nullable Object[] row = new Object[left.length + right.length];
        System.arraycopy(left, 0, row, 0, left.length);
        System.arraycopy(right, 0, row, left.length, right.length);
        return row;
    }
}
