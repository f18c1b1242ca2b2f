package io.quorate.sql.exec;

import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.catalog.TableDescriptor;

/// What EXPLAIN calls each kind of step.
final class PlanTitles {
    private PlanTitles() {}

    static String of(PlanNode node) {
        return switch (node) {
            case PlanNode.TableScan scan ->
                    "Seq Scan on " + named(scan.table().table().name(), scan.alias());
            case PlanNode.IndexScan scan ->
                    (scan.access().isPoint() ? "Index Lookup using " : "Index Scan using ")
                            + scan.access().index().name()
                            + " on "
                            + named(scan.table().table().name(), scan.alias());
            case PlanNode.ViewScan scan ->
                    "System View Scan on " + named(scan.view().name(), scan.alias());
            case PlanNode.Values values -> values.types().isEmpty() ? "Result" : "Values Scan";
            case PlanNode.FunctionScan scan -> "Function Scan on " + scan.alias();
            case PlanNode.Project project -> "Result";
            case PlanNode.ProjectSet project -> "ProjectSet";
            case PlanNode.Filter filter -> "Filter";
            case PlanNode.HashJoin join -> "Hash" + kind(join.kind()) + " Join";
            case PlanNode.NestedLoop join -> "Nested Loop" + kind(join.kind());
            case PlanNode.LookupJoin join ->
                    "Index Lookup"
                            + kind(join.kind())
                            + " Join using "
                            + join.access().index().name()
                            + " on "
                            + named(join.table().table().name(), join.alias());
            case PlanNode.LateralJoin join -> "Lateral" + kind(join.kind()) + " Join";
            case PlanNode.Aggregate aggregate ->
                    aggregate.groups().isEmpty() ? "Aggregate" : "HashAggregate";
            case PlanNode.Window window -> "WindowAgg";
            case PlanNode.Sort sort -> "Sort";
            case PlanNode.Limit limit -> "Limit";
            case PlanNode.TopRows top -> "Top-N Sort";
            case PlanNode.Distinct distinct -> "Unique";
            case PlanNode.SetOperation operation ->
                    switch (operation.kind()) {
                        case UNION -> operation.all() ? "Append" : "HashUnion";
                        case INTERSECT -> "HashSetOp Intersect" + (operation.all() ? " All" : "");
                        case EXCEPT -> "HashSetOp Except" + (operation.all() ? " All" : "");
                    };
            case PlanNode.With with -> "With";
            case PlanNode.CommonScan scan -> "CTE Scan on " + scan.name();
            case PlanNode.Recursive recursive -> "Recursive Union";
            case PlanNode.LockRows lock -> "LockRows";
            case PlanNode.Insert insert -> "Insert on " + name(insert.table());
            case PlanNode.Update update -> "Update on " + name(update.table());
            case PlanNode.Delete delete -> "Delete on " + name(delete.table());
        };
    }

    private static String kind(JoinKind kind) {
        return switch (kind) {
            case INNER -> "";
            case LEFT -> " Left";
            case RIGHT -> " Right";
            case FULL -> " Full";
            case SEMI -> " Semi";
            case ANTI -> " Anti";
        };
    }

    private static String name(PlanNode.ChangedTable table) {
        TableDescriptor descriptor = table.rows().table();
        return descriptor.name();
    }

    private static String named(String name, String alias) {
        return name.equals(alias) ? name : name + " " + alias;
    }
}
