package io.quorate.sql.plan;

import io.quorate.sql.algebra.Rel;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/// A relation of ours that no rule of Calcite's knows: a border over which nothing moves. Its inputs
/// are still rewritten, keeping their columns.
final class OpaqueRel extends AbstractRelNode {
    private final Rel rel;
    private final int number;
    private final List<RelNode> inputs;

    /// @param number tells it from the others of its plan
    OpaqueRel(
            RelOptCluster cluster,
            RelTraitSet traits,
            Rel rel,
            int number,
            List<RelNode> inputs,
            RelDataType rowType) {
        super(cluster, traits);
        this.rel = rel;
        this.number = number;
        this.inputs = new ArrayList<>(inputs);
        this.rowType = rowType;
    }

    Rel rebuild(List<Rel> newInputs) {
        return rel.withInputs(newInputs);
    }

    @Override
    public List<RelNode> getInputs() {
        return List.copyOf(inputs);
    }

    @Override
    public void replaceInput(int ordinal, RelNode input) {
        inputs.set(ordinal, input);
        recomputeDigest();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> newInputs) {
        return new OpaqueRel(getCluster(), traits, rel, number, newInputs, getRowType());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        super.explainTerms(writer);
        for (int i = 0; i < inputs.size(); i++) {
            writer.input("input" + i, inputs.get(i));
        }
        return writer.item("number", number);
    }
}
