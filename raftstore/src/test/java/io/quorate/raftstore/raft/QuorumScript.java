package io.quorate.raftstore.raft;

import io.quorate.raftstore.raft.Script.Argument;
import io.quorate.raftstore.raft.Script.Directive;
import io.quorate.raftstore.raft.quorum.JointQuorum;
import io.quorate.raftstore.raft.quorum.Majority;
import io.quorate.raftstore.raft.quorum.VoteResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The commands of the quorum scripts: `committed cfg=(..) [cfgj=(..)|zero] idx=(..)` and `vote
/// cfg=(..) [cfgj=..] votes=(y,n,_)`. Indexes and votes belong to the voters of both configurations
/// in the order in which these were first named; `_` is unknown.
final class QuorumScript implements Script.Handler {

    @Override
    public String run(Directive directive) {
        List<Long> incoming = new ArrayList<>();
        List<Long> outgoing = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (Argument argument : directive.arguments()) {
            switch (argument.key()) {
                case "cfg" -> incoming.addAll(numbers(argument));
                case "cfgj" -> {
                    if (!argument.values().equals(List.of("zero"))) {
                        outgoing.addAll(numbers(argument));
                    }
                }
                case "idx", "votes" -> values.addAll(argument.values());
                default -> throw new IllegalArgumentException("unknown option " + argument.key());
            }
        }
        JointQuorum quorum = new JointQuorum(Majority.of(incoming), Majority.of(outgoing));
        List<Long> named = new ArrayList<>();
        for (List<Long> half : List.of(incoming, outgoing)) {
            for (long voter : half) {
                if (!named.contains(voter)) {
                    named.add(voter);
                }
            }
        }
        TreeMap<Long, String> known = new TreeMap<>();
        if (values.size() != named.size()) {
            throw new IllegalArgumentException("one value for each of " + named);
        }
        for (int i = 0; i < named.size(); i++) {
            if (!values.get(i).equals("_")) {
                known.put(named.get(i), values.get(i));
            }
        }
        return switch (directive.command()) {
            case "committed" -> committed(quorum, known);
            case "vote" -> vote(quorum, known);
            default -> throw new IllegalArgumentException("unknown " + directive.command());
        };
    }

    private static String committed(JointQuorum quorum, TreeMap<Long, String> known) {
        TreeMap<Long, Long> indexes = new TreeMap<>();
        known.forEach((voter, index) -> indexes.put(voter, Long.parseLong(index)));
        long committed = quorum.committedIndex(voter -> indexes.getOrDefault(voter, 0L));
        String index = committed == Long.MAX_VALUE ? "∞" : String.valueOf(committed);
        String picture =
                quorum.voters().length == 0 ? "<empty majority quorum>" : picture(quorum, indexes);
        return picture + index + "\n";
    }

    /// One bar per voter, the longer the more voters are behind it.
    private static String picture(JointQuorum quorum, TreeMap<Long, Long> indexes) {
        List<Long> voters = new ArrayList<>(new TreeSet<>(boxed(quorum.voters())));
        int count = voters.size();
        List<Long> ascending = new ArrayList<>(voters);
        ascending.sort(
                Comparator.<Long>comparingLong(voter -> indexes.getOrDefault(voter, 0L))
                        .thenComparingLong(voter -> voter));
        StringBuilder text = new StringBuilder(" ".repeat(count)).append("    idx\n");
        for (long voter : voters) {
            @Nullable Long index = indexes.get(voter);
            int bar = barOf(voter, ascending, indexes);
            String mark =
                    index == null
                            ? "?" + " ".repeat(count)
                            : "x".repeat(bar) + ">" + " ".repeat(count - bar);
            text.append("%s %5d    (id=%d)%n".formatted(mark, index == null ? 0 : index, voter));
        }
        return text.toString();
    }

    /// How many voters are strictly behind, counting from the first of those on a par.
    private static int barOf(long voter, List<Long> ascending, TreeMap<Long, Long> indexes) {
        long own = indexes.getOrDefault(voter, 0L);
        int bar = 0;
        for (long other : ascending) {
            if (indexes.getOrDefault(other, 0L) < own) {
                bar++;
            }
        }
        return bar;
    }

    private static String vote(JointQuorum quorum, TreeMap<Long, String> known) {
        VoteResult result =
                quorum.voteResult(voter -> {
                    @Nullable String vote = known.get(voter);
                    return vote == null ? null : vote.equals("y");
                });
        return switch (result) {
            case PENDING -> "VotePending";
            case LOST -> "VoteLost";
            case WON -> "VoteWon";
        };
    }

    private static List<Long> numbers(Argument argument) {
        return argument.values().stream().map(Long::parseLong).toList();
    }

    private static List<Long> boxed(long[] numbers) {
        List<Long> list = new ArrayList<>();
        for (long number : numbers) {
            list.add(number);
        }
        return list;
    }
}
