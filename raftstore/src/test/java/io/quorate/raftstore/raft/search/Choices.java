package io.quorate.raftstore.raft.search;

import java.util.ArrayList;
import java.util.List;

/// The inputs that can happen without a message, by number.
final class Choices {
    private final int campaign;
    private final int propose;
    private final int finishWrite;
    private final int apply;
    private final int crash;
    private final int change;
    private final int[] local;

    Choices(NodeStates nodes, World world) {
        campaign = nodes.input(new Input.Campaign());
        propose = nodes.input(new Input.Propose());
        finishWrite = nodes.input(new Input.FinishWrite());
        apply = nodes.input(new Input.Apply());
        crash = nodes.input(new Input.Crash());
        List<Integer> all = new ArrayList<>(List.of(campaign, propose, finishWrite, apply));
        if (world.ticks()) {
            all.add(nodes.input(new Input.Tick()));
        }
        change = world.change() == null ? -1 : nodes.input(new Input.ChangeMembers(world.change()));
        if (change >= 0) {
            all.add(change);
        }
        local = all.stream().mapToInt(Integer::intValue).toArray();
    }

    /// All but a crash.
    int[] local() {
        return local;
    }

    int crash() {
        return crash;
    }

    /// The input a scene calls by name.
    int named(String name) {
        return switch (name) {
            case "campaign" -> campaign;
            case "propose" -> propose;
            case "write" -> finishWrite;
            case "apply" -> apply;
            case "crash" -> crash;
            case "change" -> change;
            default -> throw new IllegalArgumentException("no input is called " + name);
        };
    }
}
