package io.quorate.sim.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds an order of the operations on one object that agrees with real time and with the object's
/// sequential behaviour, or shows that there is none.
///
/// The search is that of Wing and Gong with the memory of Lowe ("Testing for linearizability", 2017):
/// walk the calls and returns in order of time, choose one of the open operations to take effect
/// next, and never come twice to the same set of chosen operations in the same state. An operation
/// without a return may be chosen at the very end, where nobody sees it, so it needs no special case.
public final class LinearizabilityChecker<S, A> {
    /// Beyond that many visited configurations a history counts as too hard, about a gigabyte.
    private static final int CONFIGURATIONS_MAX = 5_000_000;

    private static final int SHOWN_MAX = 30;

    private final SequentialModel<S, A> model;
    private final List<Operation<A>> operations;
    private final Set<Configuration<S>> visited = new HashSet<>();
    private final BitSet chosen = new BitSet();
    private final List<Choice<S>> choices = new ArrayList<>();
    private final Event head = new Event(-1, null);
    private List<Integer> longestOrder = List.of();
    private int stuckAfterLongest;
    private S state;

    private record Configuration<S>(BitSet chosen, S state) {}

    private record Choice<S>(Event call, S stateBefore) {}

    /// A call or a return, in a list from which chosen operations are taken out and put back.
    private static final class Event {
        private final int operation;

        /// The return that belongs to a call; null for a return.
        private final @Nullable Event matchingReturn;

        private @Nullable Event previous;
        private @Nullable Event next;

        private Event(int operation, @Nullable Event matchingReturn) {
            this.operation = operation;
            this.matchingReturn = matchingReturn;
        }
    }

    private LinearizabilityChecker(SequentialModel<S, A> model, List<Operation<A>> operations) {
        this.model = model;
        this.operations = operations;
        this.state = model.initial();
        linkEvents();
    }

    /// Null if the operations on one object can be put in order, otherwise what stands against it.
    public static <S, A> @Nullable String check(
            SequentialModel<S, A> model, List<Operation<A>> operations) {
        return new LinearizabilityChecker<>(model, List.copyOf(operations)).search();
    }

    /// As [#check], for many objects, each judged by itself; the violations by object.
    public static <K extends Comparable<K>, S, A> SortedMap<K, String> checkEach(
            SequentialModel<S, A> model, Map<K, List<Operation<A>>> operationsByKey) {
        SortedMap<K, String> violations = new TreeMap<>();
        operationsByKey.forEach((key, operations) -> {
            String violation = check(model, operations);
            if (violation != null) {
                violations.put(key, violation);
            }
        });
        return violations;
    }

    private @Nullable String search() {
        Event event = head.next;
        while (head.next != null && event != null) {
            if (event.matchingReturn == null) {
                // An operation returned before it was chosen: the last choice was wrong.
                rememberIfLongest(event.operation);
                if (choices.isEmpty()) {
                    return describe();
                }
                event = undoLastChoice().next;
            } else if (choose(event)) {
                event = head.next;
            } else {
                event = event.next;
            }
        }
        return null;
    }

    /// Lets the operation take effect now, if its outcome allows and that was not tried before.
    private boolean choose(Event call) {
        S next = model.next(state, operations.get(call.operation).action());
        if (next == null) {
            return false;
        }
        chosen.set(call.operation);
        if (!visited.add(new Configuration<>((BitSet) chosen.clone(), next))) {
            chosen.clear(call.operation);
            return false;
        }
        if (visited.size() > CONFIGURATIONS_MAX) {
            throw new IllegalStateException(
                    "too many operations at once to judge: " + operations.size());
        }
        choices.add(new Choice<>(call, state));
        state = next;
        unlink(call);
        return true;
    }

    private void rememberIfLongest(int stuckOperation) {
        if (choices.size() >= longestOrder.size()) {
            longestOrder = choices.stream().map(choice -> choice.call.operation).toList();
            stuckAfterLongest = stuckOperation;
        }
    }

    private Event undoLastChoice() {
        Choice<S> last = choices.removeLast();
        state = last.stateBefore;
        chosen.clear(last.call.operation);
        relink(last.call);
        return last.call;
    }

    /// Puts calls and returns in order of time; at the same moment calls come first, so that
    /// operations that touch count as concurrent.
    private void linkEvents() {
        record Moment(long time, boolean isReturn, Event event) {}
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation<A> operation = operations.get(i);
            Event returned = new Event(i, null);
            moments.add(new Moment(operation.calledAt(), false, new Event(i, returned)));
            moments.add(new Moment(operation.returnedAt(), true, returned));
        }
        moments.sort(Comparator.comparingLong(Moment::time).thenComparing(Moment::isReturn));
        Event last = head;
        for (Moment moment : moments) {
            last.next = moment.event;
            moment.event.previous = last;
            last = moment.event;
        }
    }

    private static void unlink(Event call) {
        cutOut(call);
        if (call.matchingReturn != null) {
            cutOut(call.matchingReturn);
        }
    }

    private static void relink(Event call) {
        if (call.matchingReturn != null) {
            putBack(call.matchingReturn);
        }
        putBack(call);
    }

    private static void cutOut(Event event) {
        if (event.previous != null) {
            event.previous.next = event.next;
        }
        if (event.next != null) {
            event.next.previous = event.previous;
        }
    }

    private static void putBack(Event event) {
        if (event.previous != null) {
            event.previous.next = event;
        }
        if (event.next != null) {
            event.next.previous = event;
        }
    }

    private String describe() {
        StringBuilder text = new StringBuilder("no order explains the history; ");
        text.append(operations.get(stuckAfterLongest)).append("\ndoes not fit after");
        int from = Math.max(0, longestOrder.size() - SHOWN_MAX);
        text.append(from == 0 ? ":\n" : " " + from + " operations and:\n");
        for (int operation : longestOrder.subList(from, longestOrder.size())) {
            text.append("  ").append(operations.get(operation)).append('\n');
        }
        return text.toString();
    }
}
