package io.quorate.sql.plan;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.Rel;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.tools.Programs;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/// The rules that make a relation cheaper whatever the data: filters go down, projections together.
/// Rules that fold or simplify expressions are left out: they cost milliseconds, and the meaning of
/// an expression is ours alone.
final class LogicalRules {
    private static final RelBuilderFactory BUILDER =
            RelBuilder.proto(
                    Contexts.of(
                            RelFactories.DEFAULT_STRUCT,
                            RelBuilder.Config.DEFAULT
                                    .withSimplify(false)
                                    .withSimplifyLimit(false)
                                    .withSimplifyValues(false)
                                    .withPushJoinCondition(false)));

    private static final HepProgram PROGRAM = program();

    private LogicalRules() {}

    static Rel apply(Rel rel) {
        HepPlanner planner = new HepPlanner(PROGRAM);
        RelNode node = new ToCalcite(planner).convert(rel);
        planner.setRoot(node);
        return FromCalcite.convert(planner.findBestExp());
    }

    private static HepProgram program() {
        List<RelOptRule> rules =
                List.of(
                        CoreRules.FILTER_MERGE,
                        CoreRules.FILTER_PROJECT_TRANSPOSE,
                        filterIntoJoin(),
                        CoreRules.FILTER_AGGREGATE_TRANSPOSE,
                        CoreRules.FILTER_SET_OP_TRANSPOSE);
        List<RelOptRule> projections = List.of(CoreRules.PROJECT_MERGE, CoreRules.PROJECT_REMOVE);
        return new HepProgramBuilder()
                .addMatchOrder(HepMatchOrder.TOP_DOWN)
                .addRuleCollection(withoutSimplification(rules))
                .addRuleCollection(withoutSimplification(projections))
                .build();
    }

    private static List<RelOptRule> withoutSimplification(List<RelOptRule> rules) {
        List<RelOptRule> configured = new ArrayList<>();
        for (RelOptRule rule : rules) {
            RelRule<?> configurable = (RelRule<?>) rule;
            configured.add(configurable.config.withRelBuilderFactory(BUILDER).toRule());
        }
        return configured;
    }

    /// The rule of that name in Calcite's own set: naming its class would drag an annotation into the
    /// compilation that Calcite does not ship.
    private static RelOptRule filterIntoJoin() {
        for (RelOptRule rule : Programs.RULE_SET) {
            if (rule.toString().equals("FilterIntoJoinRule")) {
                return rule;
            }
        }
        throw Check.unreachable("Calcite has a FilterIntoJoinRule");
    }
}
