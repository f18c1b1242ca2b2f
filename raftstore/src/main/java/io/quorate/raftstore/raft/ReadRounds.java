package io.quorate.raftstore.raft;

import io.quorate.raftstore.raft.quorum.JointQuorum;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The reads that a leader is confirming (thesis, 6.4), in rounds numbered from one.
///
/// A round starts with heartbeats that carry its number. When a quorum has answered a round, the
/// leader was still the leader when the round started, so that every read that was waiting then may
/// be served at the commit index of that moment. An answer to a round answers those before it.
///
/// Belongs to one term of one leader: a change of role drops it with all its reads.
final class ReadRounds {
    /// @param from who asked: this replica itself or a follower
    record Read(long from, long context) {}

    /// A read that may be served once `index` is applied.
    record Confirmed(Read read, long index) {}

    private record Started(Read read, long round, long index) {}

    private final List<Read> waiting = new ArrayList<>();
    private final ArrayDeque<Started> started = new ArrayDeque<>();
    private final TreeMap<Long, Long> answered = new TreeMap<>();
    private long round;

    void add(Read read) {
        waiting.add(read);
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /// The number that heartbeats carry; zero while nobody waits for an answer.
    long current() {
        return started.isEmpty() ? 0 : round;
    }

    /// Starts a round for all waiting reads.
    void start(long self, long commit) {
        round++;
        for (Read read : waiting) {
            started.add(new Started(read, round, commit));
        }
        waiting.clear();
        answered.put(self, round);
    }

    /// Takes an answer to `answeredRound`.
    void answer(long peer, long answeredRound) {
        answered.merge(peer, answeredRound, Math::max);
    }

    /// Takes out the reads that a quorum has confirmed.
    List<Confirmed> takeConfirmed(JointQuorum quorum) {
        if (started.isEmpty()) {
            return List.of();
        }
        long confirmedRound = quorum.committedIndex(peer -> answered.getOrDefault(peer, 0L));
        List<Confirmed> confirmed = new ArrayList<>();
        while (!started.isEmpty() && started.getFirst().round() <= confirmedRound) {
            Started first = started.removeFirst();
            confirmed.add(new Confirmed(first.read(), first.index()));
        }
        return confirmed;
    }
}
