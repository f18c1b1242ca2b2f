package io.quorate.sim.check;

import io.quorate.sim.check.Anomaly.Kind;
import io.quorate.sim.check.DependencyGraph.Edge;
import io.quorate.sim.check.DependencyGraph.Why;
import io.quorate.sim.check.Transaction.Append;
import io.quorate.sim.check.Transaction.Outcome;
import io.quorate.sim.check.Transaction.Read;
import io.quorate.sim.check.Transaction.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges transactions over append-only lists, after Kingsbury and Alvaro, "Elle: inferring isolation
/// anomalies from experimental observations" (2020).
///
/// A list tells its own history: whoever reads it sees every append in order. From that follow the
/// dependencies between transactions, and a cycle among them cannot come from any serial order. What
/// is reported is always wrong; what nobody read cannot be judged.
public final class ListAppendChecker {
    private final List<Transaction> history;
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final VersionOrder versions;
    private final DependencyGraph graph;

    /// A list in the state in which a transaction read it.
    private record Version(long key, List<Long> values) {}

    private ListAppendChecker(List<Transaction> history) {
        this.history = history;
        this.versions = new VersionOrder(history, anomalies);
        this.graph = new DependencyGraph(history.size());
    }

    /// What no serial order of the transactions shows; empty if nothing was found.
    public static List<Anomaly> checkSerializable(List<Transaction> history) {
        return new ListAppendChecker(List.copyOf(history)).judge(false);
    }

    /// What no serial order shows in which a transaction that ended before another began comes first.
    public static List<Anomaly> checkStrictSerializable(List<Transaction> history) {
        return new ListAppendChecker(List.copyOf(history)).judge(true);
    }

    private List<Anomaly> judge(boolean realTime) {
        for (long key : versions.keys()) {
            addWriteWrites(key);
        }
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).outcome() == Outcome.COMMITTED) {
                addReads(i);
            }
        }
        findLostUpdates();
        findCycles(false);
        if (realTime) {
            addRealTime();
            findCycles(true);
        }
        return List.copyOf(anomalies);
    }

    private void addWriteWrites(long key) {
        Integer before = null;
        for (long value : versions.order(key)) {
            Integer writer = versions.writer(key, value);
            if (before != null && writer != null) {
                graph.add(before, writer, Why.WRITE_WRITE);
            }
            before = writer;
        }
        if (before != null) {
            for (int unseen : versions.unseenWriters(key)) {
                graph.add(before, unseen, Why.WRITE_WRITE);
            }
        }
    }

    /// Only what a transaction read before its own first append to a list tells about the others.
    private void addReads(int reader) {
        Set<Long> done = new LinkedHashSet<>();
        for (Step step : history.get(reader).steps()) {
            if (done.add(step.key()) && step instanceof Read read) {
                addRead(reader, read);
            }
        }
    }

    private void addRead(int reader, Read read) {
        int length = read.values().size();
        if (length > 0) {
            Integer writer = versions.writer(read.key(), read.values().getLast());
            if (writer != null) {
                graph.add(writer, reader, Why.WRITE_READ);
            }
        }
        List<Long> order = versions.order(read.key());
        if (length < order.size()) {
            Integer next = versions.writer(read.key(), order.get(length));
            if (next != null) {
                graph.add(reader, next, Why.READ_WRITE);
            }
        } else {
            for (int unseen : versions.unseenWriters(read.key())) {
                graph.add(reader, unseen, Why.READ_WRITE);
            }
        }
    }

    /// Each transaction that begins follows the latest ones that had ended; those that ended before
    /// one of these began follow from it.
    private void addRealTime() {
        record Moment(long time, boolean isReturn, int transaction) {}
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Transaction transaction = history.get(i);
            if (transaction.outcome() != Outcome.ABORTED) {
                moments.add(new Moment(transaction.calledAt(), false, i));
            }
            if (transaction.outcome() == Outcome.COMMITTED) {
                moments.add(new Moment(transaction.returnedAt(), true, i));
            }
        }
        moments.sort(Comparator.comparingLong(Moment::time).thenComparing(Moment::isReturn));
        Set<Integer> latest = new LinkedHashSet<>();
        Map<Integer, Set<Integer>> followed = new TreeMap<>();
        for (Moment moment : moments) {
            if (moment.isReturn) {
                latest.removeAll(followed.getOrDefault(moment.transaction, Set.of()));
                latest.add(moment.transaction);
            } else {
                followed.put(moment.transaction, new LinkedHashSet<>(latest));
                latest.forEach(before -> graph.add(before, moment.transaction, Why.REAL_TIME));
            }
        }
    }

    private void findLostUpdates() {
        Map<Version, Integer> updaters = new HashMap<>();
        for (int i = 0; i < history.size(); i++) {
            Map<Long, Version> read = new TreeMap<>();
            Set<Long> touched = new HashSet<>();
            for (Step step : committedSteps(i)) {
                boolean first = touched.add(step.key());
                switch (step) {
                    case Read seen -> {
                        if (first) {
                            read.put(seen.key(), new Version(seen.key(), seen.values()));
                        }
                    }
                    case Append append -> noteUpdate(read.get(append.key()), i, updaters);
                }
            }
        }
    }

    private void noteUpdate(
            @Nullable Version version, int updater, Map<Version, Integer> updaters) {
        Integer other = version == null ? null : updaters.put(version, updater);
        if (other != null && other != updater) {
            anomalies.add(
                    new Anomaly(
                            Kind.LOST_UPDATE,
                            false,
                            history.get(other) + "\n  and " + history.get(updater)));
        }
    }

    private List<Step> committedSteps(int transaction) {
        Transaction candidate = history.get(transaction);
        return candidate.outcome() == Outcome.COMMITTED ? candidate.steps() : List.of();
    }

    private void findCycles(boolean realTime) {
        Set<Why> allowed = realTime ? EnumSet.of(Why.REAL_TIME) : EnumSet.noneOf(Why.class);
        allowed.add(Why.WRITE_WRITE);
        note(Kind.G0, realTime, graph.cycle(Why.WRITE_WRITE, allowed));
        allowed.add(Why.WRITE_READ);
        note(Kind.G1C, realTime, graph.cycle(Why.WRITE_READ, allowed));
        List<Edge> single = graph.cycle(Why.READ_WRITE, allowed);
        note(Kind.G_SINGLE, realTime, single);
        allowed.add(Why.READ_WRITE);
        if (single == null) {
            note(Kind.G2_ITEM, realTime, graph.cycle(Why.READ_WRITE, allowed));
        }
    }

    /// A cycle found without real time is not reported again with it.
    private void note(Kind kind, boolean realTime, @Nullable List<Edge> cycle) {
        boolean known = anomalies.stream().anyMatch(anomaly -> anomaly.kind() == kind);
        if (cycle != null && !known) {
            anomalies.add(new Anomaly(kind, realTime, describe(cycle)));
        }
    }

    private String describe(List<Edge> cycle) {
        StringBuilder text = new StringBuilder();
        for (Edge edge : cycle) {
            text.append(history.get(edge.from()))
                    .append("\n  ")
                    .append(edge.why())
                    .append(" -> \n");
        }
        return text.append(history.get(cycle.getFirst().from())).toString();
    }
}
