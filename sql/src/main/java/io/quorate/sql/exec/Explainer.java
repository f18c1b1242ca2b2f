package io.quorate.sql.exec;

import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel.JoinKind;
import io.quorate.sql.algebra.SortKey;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.row.TableRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints plans as PostgreSQL's EXPLAIN does, with the expected rows in the place of its costs.
final class Explainer {
    private final List<String> lines = new ArrayList<>();
    private final Map<Expr.Subquery, String> subqueryNames = new LinkedHashMap<>();

    private Explainer() {}

    static List<String> explain(PlanNode root) {
        Explainer explainer = new Explainer();
        explainer.node(root, 0, "");
        return List.copyOf(explainer.lines);
    }

    /// @param depth the column at which the node's own line begins
    private void node(PlanNode node, int depth, String label) {
        if (node instanceof PlanNode.Project project && !showsProject(project)) {
            node(project.input(), depth, label);
            return;
        }
        int column = depth;
        if (!label.isEmpty()) {
            lines.add(" ".repeat(depth) + label);
            column = depth + 2;
        }
        String arrow = depth == 0 && label.isEmpty() ? "" : "->  ";
        lines.add(" ".repeat(column) + arrow + PlanTitles.of(node) + rows(node));
        int inner = column + arrow.length() + 2;
        List<Subplan> subplans = details(node, inner);
        for (PlanNode input : node.inputs()) {
            node(input, inner, "");
        }
        if (node instanceof PlanNode.With with) {
            with.tables().forEach(table -> node(table.plan(), inner, "CTE " + table.name()));
        }
        for (Subplan subplan : subplans) {
            node(subplan.plan(), inner, nameOf(subplan.subquery(), subplan.isIndependent()));
        }
    }

    /// A projection that only passes columns on is left out, as PostgreSQL has none.
    private static boolean showsProject(PlanNode.Project project) {
        return project.expressions().stream().anyMatch(each -> !each.subplans().isEmpty());
    }

    private static String rows(PlanNode node) {
        return "  (rows=" + Math.max(1, Math.round(node.rows())) + ")";
    }

    private String nameOf(Expr.Subquery subquery, boolean independent) {
        return subqueryNames.computeIfAbsent(
                subquery,
                key -> (independent ? "InitPlan " : "SubPlan ") + (subqueryNames.size() + 1));
    }

    /// The lines below a node's own; answers the subplans of its expressions.
    private List<Subplan> details(PlanNode node, int column) {
        List<Subplan> subplans = new ArrayList<>();
        switch (node) {
            case PlanNode.TableScan scan ->
                    filter(scan.filter(), names(scan.table(), scan.alias()), column, subplans);
            case PlanNode.IndexScan scan -> {
                List<String> names = names(scan.table(), scan.alias());
                line(column, "Index Cond", conditions(scan.access(), names));
                filter(scan.filter(), names, column, subplans);
            }
            case PlanNode.ViewScan scan -> filter(scan.filter(), names(scan), column, subplans);
            case PlanNode.Project project ->
                    project.expressions().forEach(each -> register(each, subplans));
            case PlanNode.Filter filter ->
                    filter(filter.condition(), names(filter.input()), column, subplans);
            case PlanNode.HashJoin join -> hashJoin(join, column, subplans);
            case PlanNode.NestedLoop join ->
                    text(join.condition(), "Join Filter", pairNames(join), column, subplans);
            case PlanNode.LookupJoin join -> {
                List<String> inner = names(join.table(), join.alias());
                List<String> both = new ArrayList<>(names(join.input()));
                both.addAll(inner);
                line(column, "Index Cond", conditions(join.access(), both));
                filter(join.filter(), inner, column, subplans);
                text(join.residual(), "Join Filter", both, column, subplans);
            }
            case PlanNode.LateralJoin join ->
                    text(join.condition(), "Join Filter", pairNames(join), column, subplans);
            case PlanNode.Aggregate aggregate -> {
                List<String> names = names(aggregate.input());
                List<String> keys = new ArrayList<>();
                aggregate.groups().forEach(group -> keys.add(ExprText.of(group.expr(), names)));
                line(column, "Group Key", String.join(", ", keys));
            }
            case PlanNode.Window window -> {
                List<String> names = names(window.input());
                line(column, "Partition Key", String.join(", ", texts(window.partition(), names)));
                line(column, "Sort Key", String.join(", ", windowKeys(window, names)));
            }
            case PlanNode.Sort sort ->
                    line(column, "Sort Key", sortKeys(sort.keys(), names(sort.input())));
            case PlanNode.TopRows top ->
                    line(column, "Sort Key", sortKeys(top.keys(), names(top.input())));
            case PlanNode.Insert insert when insert.conflict() != null ->
                    conflict(insert.table(), insert.conflict(), column, subplans);
            default -> {}
        }
        return subplans;
    }

    private void conflict(
            PlanNode.ChangedTable table,
            PlanNode.OnConflict conflict,
            int column,
            List<Subplan> subplans) {
        line(column, "Conflict Resolution", conflict.updates() ? "UPDATE" : "NOTHING");
        if (conflict.inferred()) {
            List<String> indexes = new ArrayList<>();
            conflict.arbiters().forEach(index -> indexes.add(index.name()));
            line(column, "Conflict Arbiter Indexes", String.join(", ", indexes));
        }
        TableRows rows = table.rows();
        List<String> names = new ArrayList<>(names(rows, rows.table().name()));
        names.addAll(names(rows, "excluded"));
        conflict.values().forEach(value -> register(value, subplans));
        text(conflict.filter(), "Conflict Filter", names, column, subplans);
    }

    private void hashJoin(PlanNode.HashJoin join, int column, List<Subplan> subplans) {
        List<String> left = names(join.left());
        List<String> right = names(join.right());
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < join.leftKeys().size(); i++) {
            conditions.add(
                    "("
                            + ExprText.of(join.leftKeys().get(i).expr(), left)
                            + " = "
                            + ExprText.of(join.rightKeys().get(i).expr(), right)
                            + ")");
        }
        String all = String.join(" AND ", conditions);
        line(column, "Hash Cond", conditions.size() > 1 ? "(" + all + ")" : all);
        text(join.residual(), "Join Filter", pairNames(join), column, subplans);
    }

    private void filter(
            @Nullable Computed condition, List<String> names, int column, List<Subplan> subplans) {
        text(condition, "Filter", names, column, subplans);
    }

    private void text(
            @Nullable Computed condition,
            String title,
            List<String> names,
            int column,
            List<Subplan> subplans) {
        if (condition != null) {
            register(condition, subplans);
            line(
                    column,
                    title,
                    ExprText.of(
                            condition.expr(),
                            names,
                            subquery -> subqueryNames.getOrDefault(subquery, "SubPlan")));
        }
    }

    private void register(Computed computed, List<Subplan> subplans) {
        for (Subplan subplan : computed.subplans()) {
            nameOf(subplan.subquery(), subplan.isIndependent());
            subplans.add(subplan);
        }
    }

    private void line(int column, String title, String text) {
        if (!text.isEmpty()) {
            lines.add(" ".repeat(column) + title + ": " + text);
        }
    }

    private static String conditions(IndexAccess access, List<String> names) {
        return ExprText.of(Exprs.and(access.conditions()), names).replaceFirst("^true$", "");
    }

    private static String sortKeys(List<SortKey> keys, List<String> names) {
        List<String> texts = new ArrayList<>();
        for (SortKey key : keys) {
            String text = key.slot() < names.size() ? names.get(key.slot()) : "#" + key.slot();
            String nulls =
                    key.nullsFirst() == key.descending()
                            ? ""
                            : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
            texts.add(text + (key.descending() ? " DESC" : "") + nulls);
        }
        return String.join(", ", texts);
    }

    private static List<String> pairNames(PlanNode join) {
        List<String> names = new ArrayList<>(names(join.inputs().get(0)));
        names.addAll(names(join.inputs().get(1)));
        return names;
    }

    private static List<String> names(TableRows table, String alias) {
        List<String> names = new ArrayList<>();
        for (RelationColumn column : table.table().columns()) {
            names.add(alias + "." + column.name());
        }
        return names;
    }

    private static List<String> names(PlanNode.ViewScan scan) {
        return scan.view().columns().stream()
                .map(column -> scan.alias() + "." + column.name())
                .toList();
    }

    /// The names of a node's columns.
    private static List<String> names(PlanNode node) {
        return switch (node) {
            case PlanNode.TableScan scan ->
                    keyed(names(scan.table(), scan.alias()), scan.withKey());
            case PlanNode.IndexScan scan ->
                    keyed(names(scan.table(), scan.alias()), scan.withKey());
            case PlanNode.ViewScan scan -> names(scan);
            case PlanNode.Values values -> numbered("column", values.types().size());
            case PlanNode.FunctionScan scan ->
                    Collections.nCopies(scan.calls().size() + 1, scan.alias());
            case PlanNode.Project project -> texts(project.expressions(), names(project.input()));
            case PlanNode.ProjectSet project ->
                    texts(project.expressions(), names(project.input()));
            case PlanNode.HashJoin join -> joinNames(join.kind(), join);
            case PlanNode.NestedLoop join -> joinNames(join.kind(), join);
            case PlanNode.LateralJoin join -> joinNames(join.kind(), join);
            case PlanNode.LookupJoin join -> {
                List<String> all = new ArrayList<>(names(join.input()));
                if (join.kind() != JoinKind.SEMI && join.kind() != JoinKind.ANTI) {
                    all.addAll(keyed(names(join.table(), join.alias()), join.withKey()));
                }
                yield all;
            }
            case PlanNode.Aggregate aggregate -> {
                List<String> inner = names(aggregate.input());
                List<String> all = new ArrayList<>(texts(aggregate.groups(), inner));
                for (PlanNode.GroupedCall call : aggregate.calls()) {
                    AggregateCall aggregateCall = call.call();
                    all.add("(" + ExprText.aggregate(aggregateCall, inner) + ")");
                }
                yield all;
            }
            case PlanNode.Window window -> {
                List<String> all = new ArrayList<>(names(window.input()));
                window.calls().forEach(call -> all.add(call.call().name() + "() OVER"));
                yield all;
            }
            case PlanNode.SetOperation operation -> names(operation.left());
            case PlanNode.With with -> names(with.body());
            case PlanNode.Recursive recursive -> names(recursive.base());
            case PlanNode.CommonScan scan -> List.of();
            case PlanNode.Single single -> names(single.input());
        };
    }

    private static List<String> windowKeys(PlanNode.Window window, List<String> names) {
        List<String> keys = texts(window.orderKeys(), names);
        List<String> directed = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            directed.add(keys.get(i) + (window.order().get(i).descending() ? " DESC" : ""));
        }
        return directed;
    }

    private static List<String> joinNames(JoinKind kind, PlanNode join) {
        return kind == JoinKind.SEMI || kind == JoinKind.ANTI
                ? names(join.inputs().get(0))
                : pairNames(join);
    }

    private static List<String> texts(List<Computed> expressions, List<String> names) {
        return expressions.stream().map(each -> ExprText.of(each.expr(), names)).toList();
    }

    private static List<String> keyed(List<String> names, boolean withKey) {
        List<String> all = new ArrayList<>(names);
        if (withKey) {
            all.add("key");
        }
        return all;
    }

    private static List<String> numbered(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(prefix + i);
        }
        return names;
    }
}
