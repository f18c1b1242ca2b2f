package io.quorate.raftstore.raft.search;

/// Sets the scene of a search: plays the steps that lead to where it gets interesting, too far from
/// the beginning for a search in breadth.
///
/// Each step is a word and the replicas it is about, one after the other: an input by its name
/// (`campaign 1`); `deliver 2` hands over whatever is under way to it; `settle 1 2` delivers,
/// writes and applies among these until nothing changes; `forget` loses all messages.
final class SceneSetter {
    private final Search search;
    private final Choices choices;
    private final NodeStates nodes;

    SceneSetter(Search search, Choices choices, NodeStates nodes) {
        this.search = search;
        this.choices = choices;
        this.nodes = nodes;
    }

    GroupState set(World world) {
        GroupState state = search.newborn();
        for (String step : world.scene()) {
            state = play(world, state, step.split(" "));
        }
        return new GroupState(
                state.replicas(), state.ghost(), 0, state.messages(), state.letters());
    }

    private GroupState play(World world, GroupState before, String[] words) {
        GroupState state = before;
        switch (words[0]) {
            case "forget" -> state = state.withMessages(new int[0], nodes);
            case "deliver" -> state = deliver(state, Integer.parseInt(words[1]) - 1);
            case "settle" -> {
                GroupState last;
                do {
                    last = state;
                    state = settleOnce(state, words);
                } while (state != last);
            }
            default -> {
                for (int i = 1; i < words.length; i++) {
                    int replica = Integer.parseInt(words[i]) - 1;
                    GroupState after = search.after(state, replica, choices.named(words[0]));
                    boolean written = words[0].equals("write") && !world.slowDisks();
                    if (after == state && !written) {
                        throw new IllegalStateException(words[0] + " does nothing");
                    }
                    state = after;
                }
            }
        }
        return state;
    }

    private GroupState settleOnce(GroupState before, String[] words) {
        GroupState state = before;
        for (int i = 1; i < words.length; i++) {
            int replica = Integer.parseInt(words[i]) - 1;
            for (String own : new String[] {"write", "apply"}) {
                state = search.after(state, replica, choices.named(own));
            }
            state = deliver(state, replica);
        }
        return state;
    }

    private GroupState deliver(GroupState before, int replica) {
        GroupState state = before;
        for (int message : before.messages()) {
            if (nodes.receiver(message) == replica + 1) {
                state = search.after(state, replica, message);
            }
        }
        return state;
    }
}
