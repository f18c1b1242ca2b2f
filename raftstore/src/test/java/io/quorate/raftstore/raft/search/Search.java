package io.quorate.raftstore.raft.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Visits the states of a group, nearest first, until there are no more or as many as allowed.
final class Search {
    /// @param transitions how many steps were looked at, those to known states included
    /// @param complete whether every state of the world was visited
    /// @param depth steps from the scene to the furthest state visited
    /// @param broken the safety property that does not hold, with the steps there; null if all hold
    record Result(
            String world,
            int states,
            long transitions,
            boolean complete,
            int depth,
            int replicaStates,
            @Nullable String broken) {}

    private static final int VIEW_BITS = 21;

    private final World world;
    private final NodeStates nodes;
    private final StateSet seen = new StateSet();
    private final IntQueue frontier = new IntQueue();
    private final History history = new History();
    private final List<Ghost> ghosts = new ArrayList<>();
    private final List<Hash128.Value> ghostHashes = new ArrayList<>();
    private final Map<Ghost, Integer> ghostNumbers = new HashMap<>();
    private final Fingerprint fingerprint = new Fingerprint(Set.of());
    private final LongIntMap ghostAfter = new LongIntMap();
    private final LongIntMap viewsChecked = new LongIntMap();
    private final Choices choices;
    private long transitions;

    Search(World world) {
        this.world = world;
        this.nodes = new NodeStates(world);
        this.choices = new Choices(nodes, world);
    }

    /// Visits at most `statesMax` states.
    Result run(int statesMax) {
        int visited = 0;
        try {
            GroupState start = new SceneSetter(this, choices, nodes).set(world);
            seen.add(high(start), low(start));
            history.add(-1, -1);
            start.write(frontier);
            while (!frontier.isEmpty() && seen.count() < statesMax) {
                expand(visited, GroupState.read(frontier, world.size(), nodes));
                visited++;
            }
            return result(null);
        } catch (Broken broken) {
            return result(broken.getMessage());
        }
    }

    private Result result(@Nullable String broken) {
        return new Result(
                world.name(),
                seen.count(),
                transitions,
                frontier.isEmpty() && broken == null,
                history.pathTo(history.count() - 1).size(),
                nodes.count(),
                broken);
    }

    private void expand(int number, GroupState state) {
        for (int replica = 0; replica < world.size(); replica++) {
            for (int input : choices.local()) {
                visit(number, state, replica, input);
            }
            if (state.crashes() < world.crashesMax()) {
                visit(number, state, replica, choices.crash());
            }
        }
        for (int message : state.messages()) {
            visit(number, state, nodes.receiver(message) - 1, message);
        }
    }

    private void visit(int from, GroupState state, int replica, int input) {
        transitions++;
        try {
            GroupState next = after(state, replica, input);
            if (next != state && seen.add(high(next), low(next))) {
                history.add(from, input * world.size() + replica);
                next.write(frontier);
            }
        } catch (Broken broken) {
            throw new Broken(broken.getMessage() + trace(from, replica, input));
        }
    }

    /// The state after an input; the same one if nothing changes. Throws [Broken].
    GroupState after(GroupState state, int replica, int input) {
        int before = state.replicas()[replica];
        NodeStates.Step step = nodes.step(before, input);
        if (step == null) {
            return state;
        }
        if (step.broken() != null) {
            throw new Broken(step.broken());
        }
        boolean news = step.state() != before;
        for (int message : step.sent()) {
            news |= !state.hasMessage(message);
        }
        if (!news) {
            return state;
        }
        int view = nodes.view(step.state());
        int ghost = ghostAfter(state.ghost(), replica + 1, view);
        int crashes = state.crashes() + (input == choices.crash() ? 1 : 0);
        GroupState next = state.with(replica, step.state(), ghost, crashes, step.sent(), nodes);
        if (step.sent().length > 0 || nodes.durableTerm(step.state()) > nodes.durableTerm(before)) {
            next = withoutStale(next);
        }
        if (ghost != state.ghost()) {
            for (int other : next.replicas()) {
                ghosts.get(ghost).checkLeaderCompleteness(nodes.viewAt(nodes.view(other)));
            }
        }
        checkViews(next);
        return next;
    }

    /// Loses the messages that come too late for ever: their term is below what their receiver has
    /// on its disk, and the receiver ignored them when it was tried.
    private GroupState withoutStale(GroupState state) {
        int[] kept = new int[state.messages().length];
        int count = 0;
        for (int message : state.messages()) {
            int receiver = state.replicas()[nodes.receiver(message) - 1];
            boolean stale = nodes.messageTerm(message) < nodes.durableTerm(receiver);
            if (!stale || !nodes.ignores(receiver, message)) {
                kept[count++] = message;
            }
        }
        return count == kept.length ? state : state.withMessages(Arrays.copyOf(kept, count), nodes);
    }

    GroupState newborn() {
        int[] replicas = new int[world.size()];
        for (int i = 0; i < replicas.length; i++) {
            replicas[i] = nodes.newborn(i + 1);
        }
        return new GroupState(
                replicas, number(Ghost.NEWBORN), 0, new int[0], nodes.hashOf(new int[0]));
    }

    private int ghostAfter(int ghost, long id, int view) {
        long key = ((long) ghost << Integer.SIZE | view) * 8 + id;
        int known = ghostAfter.get(key, -1);
        if (known < 0) {
            Ghost after = ghosts.get(ghost).after(id, nodes.viewAt(view));
            after.checkLeaderCompleteness(nodes.viewAt(view));
            known = number(after);
            ghostAfter.put(key, known);
        }
        return known;
    }

    private int number(Ghost ghost) {
        int number = ghostNumbers.computeIfAbsent(ghost, _ -> ghosts.size());
        if (number == ghosts.size()) {
            ghosts.add(ghost);
            ghostHashes.add(fingerprint.of(ghost));
        }
        return number;
    }

    private void checkViews(GroupState state) {
        long key = 0;
        View[] views = new View[world.size()];
        for (int i = 0; i < views.length; i++) {
            key = key << VIEW_BITS | nodes.view(state.replicas()[i]);
        }
        if (viewsChecked.get(key, 0) == 0) {
            for (int i = 0; i < views.length; i++) {
                views[i] = nodes.viewAt(nodes.view(state.replicas()[i]));
            }
            Safety.check(views);
            viewsChecked.put(key, 1);
        }
    }

    private long high(GroupState state) {
        long hash = Hash128.mix(ghostHashes.get(state.ghost()).high() + state.crashes());
        for (int replica : state.replicas()) {
            hash += Hash128.mix(nodes.hash(replica).high());
        }
        return Hash128.mix(hash + state.letters().high());
    }

    private long low(GroupState state) {
        long hash = Hash128.mix(ghostHashes.get(state.ghost()).low() + state.crashes());
        for (int replica : state.replicas()) {
            hash += Hash128.mix(nodes.hash(replica).low());
        }
        return Hash128.mix(hash + state.letters().low());
    }

    private String trace(int from, int replica, int input) {
        StringBuilder text = new StringBuilder("\nafter " + world.scene());
        for (int step : history.pathTo(from)) {
            describe(text, step % world.size(), step / world.size());
        }
        describe(text, replica, input);
        return text.toString();
    }

    private void describe(StringBuilder text, int replica, int input) {
        text.append("\n  ").append(replica + 1).append(": ").append(nodes.inputAt(input));
    }
}
