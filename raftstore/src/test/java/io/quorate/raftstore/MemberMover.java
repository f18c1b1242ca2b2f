package io.quorate.raftstore;

import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.MemberChange;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.sim.SimWorld;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Replaces one voter after the other by the node that is no member: adds it as a learner, and when it
/// has caught up makes it a voter and removes the other in one. Goes by what the leader says each time,
/// so it goes on whatever happened to an attempt.
final class MemberMover {
    private static final long PAUSE_NANOS = 300_000_000L;
    private static final long ANSWER_NANOS_MAX = 3_000_000_000L;

    private final SimWorld world;
    private final Supplier<@Nullable RaftGroup> leading;
    private final List<NodeId> nodes;
    private final boolean replaces;
    private int replaced;
    private boolean ending;
    private boolean over;

    /// @param replaces whether members are replaced; otherwise who is none becomes one
    MemberMover(
            SimWorld world,
            Supplier<@Nullable RaftGroup> leading,
            List<NodeId> nodes,
            boolean replaces) {
        this.replaces = replaces;
        this.world = world;
        this.leading = leading;
        this.nodes = nodes;
    }

    void start() {
        world.env().tasks().start("member-mover", this::run);
    }

    /// No new replacement is begun.
    void end() {
        ending = true;
    }

    boolean isOver() {
        return over;
    }

    int replaced() {
        return replaced;
    }

    @Override
    public String toString() {
        RaftGroup group = leading.get();
        return replaced + " replaced, " + (group == null ? "no leader" : group.status());
    }

    private void run() {
        while (!over) {
            world.env().tasks().sleepNanos(PAUSE_NANOS);
            RaftGroup group = leading.get();
            if (group != null) {
                goOn(group, group.status().members());
            }
        }
    }

    private void goOn(RaftGroup group, Membership members) {
        if (members.isJoint()) {
            return;
        }
        if (!members.learners().isEmpty()) {
            NodeId learner = members.learners().getFirst();
            NodeId old = members.voters().get(replaced % members.voters().size());
            if (!replaces) {
                change(group, MemberChange.promote(learner));
            } else if (change(group, MemberChange.replace(old, learner))) {
                replaced++;
            }
            return;
        }
        if (ending) {
            over = true;
            return;
        }
        for (NodeId node : nodes) {
            if (!members.contains(node)) {
                change(group, MemberChange.addLearner(node));
                return;
            }
        }
    }

    private boolean change(RaftGroup group, MemberChange change) {
        ProposeResult result =
                group.changeMembers(group.status().term(), change)
                        .await(world.env(), ANSWER_NANOS_MAX);
        return result instanceof ProposeResult.Applied;
    }
}
