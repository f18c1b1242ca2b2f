package io.quorate.raftstore.raft.search;

import io.quorate.common.check.InvariantBroken;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.RaftConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All states that single replicas were found in, and what becomes of each with each input. States,
/// views, messages and inputs are numbered in the order of their finding.
///
/// A state is kept as the inputs that lead to it: to find out something new about it, a fresh
/// replica is led there.
final class NodeStates {
    /// @param state the state after
    /// @param sent numbers of the messages sent, each once
    /// @param broken what the core itself found wrong
    record Step(int state, int[] sent, @Nullable String broken) {}

    private static final int IMPOSSIBLE = -1;
    private static final int UNKNOWN = -2;

    /// @param before the state that this one was found from; -1 for a newborn replica
    private record State(long node, int before, int input, int view, Hash128.Value hash) {}

    /// What is asked of a message over and over.
    private record Letter(int receiver, long term, Hash128.Value hash) {}

    private static final Letter NO_LETTER = new Letter(0, 0, new Hash128.Value(0, 0));

    private final World world;
    private final Fingerprint fingerprint = new Fingerprint(Set.of(World.class, RaftConfig.class));
    private final List<State> states = new ArrayList<>();
    private final Map<Hash128.Value, Integer> stateNumbers = new HashMap<>();
    private final List<View> views = new ArrayList<>();
    private final Map<View, Integer> viewNumbers = new HashMap<>();
    private final List<Input> inputs = new ArrayList<>();
    private final Map<Message, Integer> messageInputs = new HashMap<>();
    private final List<Letter> letters = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final LongIntMap stepOf = new LongIntMap();

    NodeStates(World world) {
        this.world = world;
    }

    int newborn(long node) {
        return number(node, -1, -1, new SearchNode(node, world));
    }

    /// The number of an input other than a delivery.
    int input(Input input) {
        inputs.add(input);
        letters.add(NO_LETTER);
        return inputs.size() - 1;
    }

    Input inputAt(int number) {
        return inputs.get(number);
    }

    /// To whom a message, numbered as the input of its delivery, goes.
    int receiver(int message) {
        return letters.get(message).receiver();
    }

    long messageTerm(int message) {
        return letters.get(message).term();
    }

    /// The term that a replica in `state` would find again after a crash.
    long durableTerm(int state) {
        return views.get(states.get(state).view()).durableTerm();
    }

    /// Whether `message` changes nothing in `state` and is not answered.
    boolean ignores(int state, int message) {
        Step step = step(state, message);
        return step != null && step.state() == state && step.sent().length == 0;
    }

    /// The hash of a set of messages.
    Hash128.Value hashOf(int[] messages) {
        long high = 0;
        long low = 0;
        for (int message : messages) {
            Hash128.Value each = letters.get(message).hash();
            high += each.high();
            low += each.low();
        }
        return new Hash128.Value(high, low);
    }

    Hash128.Value hash(int state) {
        return states.get(state).hash();
    }

    int view(int state) {
        return states.get(state).view();
    }

    View viewAt(int number) {
        return views.get(number);
    }

    int count() {
        return states.size();
    }

    int stepCount() {
        return steps.size();
    }

    /// What `input` does to a replica in `state`; null if it is not possible there.
    @Nullable Step step(int state, int input) {
        long key = (long) state << Integer.SIZE | input;
        int known = stepOf.get(key, UNKNOWN);
        if (known == UNKNOWN) {
            Step found = find(state, input);
            known = found == null ? IMPOSSIBLE : steps.size();
            if (found != null) {
                steps.add(found);
            }
            stepOf.put(key, known);
        }
        return known == IMPOSSIBLE ? null : steps.get(known);
    }

    private @Nullable Step find(int state, int input) {
        SearchNode node = lead(state);
        if (!node.takes(inputs.get(input))) {
            return null;
        }
        try {
            List<Message> sent = node.take(inputs.get(input));
            int after = number(states.get(state).node(), state, input, node);
            int[] numbers = sent.stream().mapToInt(this::number).sorted().distinct().toArray();
            return new Step(after, numbers, null);
        } catch (InvariantBroken broken) {
            return new Step(state, new int[0], "core: " + broken.getMessage());
        }
    }

    private SearchNode lead(int state) {
        List<Integer> path = new ArrayList<>();
        int at = state;
        while (states.get(at).before() >= 0) {
            path.add(states.get(at).input());
            at = states.get(at).before();
        }
        SearchNode node = new SearchNode(states.get(at).node(), world);
        for (int input : path.reversed()) {
            node.take(inputs.get(input));
        }
        return node;
    }

    private int number(long id, int before, int input, SearchNode node) {
        Hash128.Value hash = fingerprint.of(node);
        Integer known = stateNumbers.get(hash);
        if (known != null) {
            return known;
        }
        View view = node.view();
        int viewNumber = viewNumbers.computeIfAbsent(view, _ -> views.size());
        if (viewNumber == views.size()) {
            views.add(view);
        }
        states.add(new State(id, before, input, viewNumber, hash));
        stateNumbers.put(hash, states.size() - 1);
        return states.size() - 1;
    }

    private int number(Message message) {
        Integer known = messageInputs.get(message);
        if (known != null) {
            return known;
        }
        inputs.add(new Input.Deliver(message));
        letters.add(new Letter((int) message.to(), message.term(), fingerprint.of(message)));
        messageInputs.put(message, inputs.size() - 1);
        return inputs.size() - 1;
    }
}
