package io.quorate.sim.check;

import io.quorate.sim.check.Anomaly.Kind;
import io.quorate.sim.check.Transaction.Append;
import io.quorate.sim.check.Transaction.Outcome;
import io.quorate.sim.check.Transaction.Read;
import io.quorate.sim.check.Transaction.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who appended what, and in which order each list grew: the longest read of a list is its order, and
/// every other read must be a beginning of it. Notes what contradicts that on the way.
final class VersionOrder {
    private final List<Transaction> history;
    private final List<Anomaly> anomalies;
    private final Map<Long, Map<Long, Integer>> writers = new TreeMap<>();
    private final Map<Long, List<Long>> orders = new TreeMap<>();
    private final Map<Long, Set<Integer>> unseenWriters = new TreeMap<>();

    VersionOrder(List<Transaction> history, List<Anomaly> anomalies) {
        this.history = history;
        this.anomalies = anomalies;
        collectWriters();
        collectOrders();
        collectUnseenWriters();
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).outcome() == Outcome.COMMITTED) {
                judgeReads(i);
            }
        }
    }

    /// The keys of all lists, sorted.
    Iterable<Long> keys() {
        return writers.keySet();
    }

    /// The values of a list as far as anyone saw them.
    List<Long> order(long key) {
        return orders.getOrDefault(key, List.of());
    }

    /// The number of the transaction that appended the value; null if there is none.
    @Nullable Integer writer(long key, long value) {
        Map<Long, Integer> ofKey = writers.get(key);
        return ofKey == null ? null : ofKey.get(value);
    }

    /// The committed transactions whose appends no read saw: they come after all that were seen.
    Set<Integer> unseenWriters(long key) {
        return unseenWriters.getOrDefault(key, Set.of());
    }

    private void collectWriters() {
        for (int i = 0; i < history.size(); i++) {
            for (Step step : history.get(i).steps()) {
                if (step instanceof Append append) {
                    Integer before =
                            writers.computeIfAbsent(append.key(), _ -> new TreeMap<>())
                                    .put(append.value(), i);
                    if (before != null) {
                        throw new IllegalArgumentException(
                                "the workload appends each value once, but " + append + " twice");
                    }
                }
            }
        }
    }

    private void collectOrders() {
        for (Transaction transaction : history) {
            for (Step step : transaction.steps()) {
                if (transaction.outcome() == Outcome.COMMITTED
                        && step instanceof Read read
                        && read.values().size() > order(read.key()).size()) {
                    orders.put(read.key(), read.values());
                }
            }
        }
        orders.forEach((key, order) -> {
            if (new HashSet<>(order).size() < order.size()) {
                note(Kind.DUPLICATE, "list " + key + " was " + order);
            }
        });
    }

    private void collectUnseenWriters() {
        writers.forEach((key, writerByValue) -> {
            Set<Integer> unseen = new TreeSet<>();
            Set<Long> seen = new HashSet<>(order(key));
            writerByValue.forEach((value, writer) -> {
                if (!seen.contains(value) && history.get(writer).outcome() == Outcome.COMMITTED) {
                    unseen.add(writer);
                }
            });
            unseenWriters.put(key, unseen);
        });
    }

    private void judgeReads(int reader) {
        Map<Long, List<Long>> expected = new TreeMap<>();
        Map<Long, List<Long>> appended = new TreeMap<>();
        for (Step step : history.get(reader).steps()) {
            switch (step) {
                case Append append -> {
                    List<Long> known = expected.get(append.key());
                    if (known != null) {
                        known.add(append.value());
                    }
                    appended.computeIfAbsent(append.key(), _ -> new ArrayList<>())
                            .add(append.value());
                }
                case Read read -> {
                    judgeInternal(reader, read, expected, appended);
                    expected.put(read.key(), new ArrayList<>(read.values()));
                    judgeRead(reader, read);
                }
            }
        }
    }

    /// A transaction sees what it read before, and what it appended since.
    private void judgeInternal(
            int reader, Read read, Map<Long, List<Long>> expected, Map<Long, List<Long>> appended) {
        List<Long> whole = expected.get(read.key());
        List<Long> own = appended.getOrDefault(read.key(), List.of());
        int from = read.values().size() - own.size();
        boolean agrees =
                whole != null
                        ? whole.equals(read.values())
                        : from >= 0
                                && own.equals(read.values().subList(from, read.values().size()));
        if (!agrees) {
            note(Kind.INTERNAL, read + " in " + history.get(reader));
        }
    }

    private void judgeRead(int reader, Read read) {
        List<Long> order = order(read.key());
        if (!order.subList(0, read.values().size()).equals(read.values())) {
            note(
                    Kind.INCOMPATIBLE_ORDER,
                    "list " + read.key() + " was " + order + " and " + read.values());
        }
        for (long value : read.values()) {
            Integer writer = writer(read.key(), value);
            if (writer == null) {
                note(Kind.UNKNOWN_VALUE, value + " in " + history.get(reader));
            } else if (history.get(writer).outcome() == Outcome.ABORTED) {
                note(Kind.G1A, history.get(reader) + "\n  read from " + history.get(writer));
            }
        }
        judgeIntermediate(reader, read);
    }

    private void judgeIntermediate(int reader, Read read) {
        if (read.values().isEmpty()) {
            return;
        }
        long last = read.values().getLast();
        Integer writer = writer(read.key(), last);
        if (writer != null && writer != reader && lastAppend(writer, read.key()) != last) {
            note(Kind.G1B, history.get(reader) + "\n  read inside " + history.get(writer));
        }
    }

    private long lastAppend(int writer, long key) {
        long last = -1;
        for (Step step : history.get(writer).steps()) {
            if (step instanceof Append append && append.key() == key) {
                last = append.value();
            }
        }
        return last;
    }

    private void note(Kind kind, String description) {
        anomalies.add(new Anomaly(kind, false, description));
    }
}
