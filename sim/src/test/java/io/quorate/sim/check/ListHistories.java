package io.quorate.sim.check;

import io.quorate.sim.SimRandom;
import io.quorate.sim.check.Transaction.Append;
import io.quorate.sim.check.Transaction.Outcome;
import io.quorate.sim.check.Transaction.Read;
import io.quorate.sim.check.Transaction.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Histories of transactions over lists, made to be good or bad, and a judge that tries every order.
final class ListHistories {
    private ListHistories() {}

    /// Up to five transactions over two lists, each of which saw any beginning of a random final
    /// order, and one that read everything in the end.
    static List<Transaction> small(SimRandom random) {
        List<List<Step>> bodies = new ArrayList<>();
        Map<Long, List<Long>> lists = new HashMap<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            List<Step> body = new ArrayList<>();
            int steps = 1 + random.nextInt(2);
            for (int step = 0; step < steps; step++) {
                long key = steps == 2 ? step + 1 : 1 + random.nextInt(2);
                if (random.chance(0.5)) {
                    long value = 10L * i + step;
                    List<Long> list = listOf(lists, key);
                    list.add(random.nextInt(list.size() + 1), value);
                    body.add(new Append(key, value));
                } else {
                    body.add(new Read(key, List.of()));
                }
            }
            bodies.add(body);
        }
        List<Transaction> history = new ArrayList<>();
        for (List<Step> body : bodies) {
            long call = random.nextInt(30);
            List<Step> steps = body.stream().map(step -> seen(step, lists, random)).toList();
            history.add(
                    new Transaction(
                            history.size(),
                            Outcome.COMMITTED,
                            steps,
                            call,
                            call + random.nextInt(20)));
        }
        List<Step> all = List.of(new Read(1, listOf(lists, 1)), new Read(2, listOf(lists, 2)));
        history.add(new Transaction(99, Outcome.COMMITTED, all, 100, 101));
        return history;
    }

    /// What clients of a strictly serializable store see: transactions take effect one by one, each
    /// at a moment between its call and its return.
    static List<Transaction> good(SimRandom random, int count, int keys) {
        Map<Long, List<Long>> state = new HashMap<>();
        List<Transaction> history = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Step> steps = new ArrayList<>();
            boolean aborts = random.chance(0.1);
            int length = 1 + random.nextInt(4);
            for (int step = 0; step < length; step++) {
                long key = random.nextInt(keys);
                List<Long> list = listOf(state, key);
                if (random.chance(0.5)) {
                    long value = i * 10L + step;
                    steps.add(new Append(key, value));
                    if (!aborts) {
                        list.add(value);
                    }
                } else if (!aborts) {
                    steps.add(new Read(key, list));
                }
            }
            long call = i * 10L - random.nextInt(50);
            boolean unknown = random.chance(0.05);
            Outcome outcome =
                    aborts ? Outcome.ABORTED : unknown ? Outcome.UNKNOWN : Outcome.COMMITTED;
            long end = outcome == Outcome.UNKNOWN ? Operation.NEVER : i * 10L + random.nextInt(50);
            history.add(new Transaction(i, outcome, steps, call, end));
        }
        return history;
    }

    /// Takes the last value out of a read that began after that value's append had ended.
    static List<Transaction> withAStaleRead(List<Transaction> history) {
        Map<Long, Long> appendedBy = new HashMap<>();
        for (Transaction transaction : history) {
            for (Step step : transaction.steps()) {
                if (step instanceof Append append) {
                    appendedBy.put(append.value(), transaction.returnedAt());
                }
            }
        }
        for (int i = history.size() - 1; i >= 0; i--) {
            Transaction reader = history.get(i);
            if (reader.outcome() == Outcome.COMMITTED
                    && reader.steps().size() == 1
                    && reader.steps().getFirst() instanceof Read read
                    && !read.values().isEmpty()
                    && appendedBy.getOrDefault(read.values().getLast(), Operation.NEVER)
                            < reader.calledAt()) {
                List<Long> stale = read.values().subList(0, read.values().size() - 1);
                List<Transaction> spoiled = new ArrayList<>(history);
                spoiled.set(
                        i,
                        new Transaction(
                                reader.process(),
                                reader.outcome(),
                                List.of(new Read(read.key(), stale)),
                                reader.calledAt(),
                                reader.returnedAt()));
                return spoiled;
            }
        }
        throw new IllegalArgumentException("no read to spoil");
    }

    /// True if some order of the committed transactions explains what all of them saw.
    static boolean explained(List<Transaction> history, boolean realTime) {
        return explained(history, realTime, new boolean[history.size()], Map.of());
    }

    private static boolean explained(
            List<Transaction> history,
            boolean realTime,
            boolean[] done,
            Map<Long, List<Long>> state) {
        boolean allDone = true;
        for (int i = 0; i < done.length; i++) {
            allDone &= done[i];
            if (!done[i] && (!realTime || mayBeNext(history, done, i))) {
                Map<Long, List<Long>> next = new HashMap<>();
                state.forEach((key, list) -> next.put(key, new ArrayList<>(list)));
                if (runs(history.get(i), next)) {
                    done[i] = true;
                    boolean found = explained(history, realTime, done, next);
                    done[i] = false;
                    if (found) {
                        return true;
                    }
                }
            }
        }
        return allDone;
    }

    private static boolean runs(Transaction transaction, Map<Long, List<Long>> state) {
        for (Step step : transaction.steps()) {
            List<Long> list = listOf(state, step.key());
            switch (step) {
                case Append append -> list.add(append.value());
                case Read read -> {
                    if (!list.equals(read.values())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean mayBeNext(List<Transaction> history, boolean[] done, int candidate) {
        for (int i = 0; i < done.length; i++) {
            if (!done[i] && history.get(i).returnedAt() < history.get(candidate).calledAt()) {
                return false;
            }
        }
        return true;
    }

    private static Step seen(Step step, Map<Long, List<Long>> lists, SimRandom random) {
        return switch (step) {
            case Append append -> append;
            case Read read -> {
                List<Long> list = listOf(lists, read.key());
                yield new Read(read.key(), list.subList(0, random.nextInt(list.size() + 1)));
            }
        };
    }

    private static List<Long> listOf(Map<Long, List<Long>> lists, long key) {
        return lists.computeIfAbsent(key, _ -> new ArrayList<>());
    }
}
