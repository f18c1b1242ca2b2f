package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.raftstore.log.GroupLog;
import io.quorate.raftstore.raft.PeerStatus;
import java.util.List;
import java.util.TreeMap;

/// Up to where nobody will be served from a group's log any more. Found out by the leader, who tells
/// the others: the log is kept for a member that lags, but only so much of it and not for one that is
/// silent for too long; that one gets a snapshot. Owned by the loop.
final class LogRetention {
    private final SnapshotConfig config;
    private final long lookMillis;

    /// For how long each silent member has been so.
    private final TreeMap<Long, Long> silentMillis = new TreeMap<>();

    private long unneededIndex;

    /// @param lookMillis the time between two calls of [#look]
    LogRetention(SnapshotConfig config, long lookMillis) {
        this.config = config;
        this.lookMillis = lookMillis;
    }

    /// The log up to here may go as far as the other members are concerned.
    long unneededIndex() {
        return unneededIndex;
    }

    /// Another member says so.
    void heard(long index) {
        unneededIndex = Math.max(unneededIndex, index);
    }

    /// The leader looks around.
    void look(List<PeerStatus> peers, GroupLog log) {
        Check.that(!peers.isEmpty(), "a leader knows at least itself");
        silentMillis.keySet().removeIf(peer -> peers.stream().noneMatch(p -> p.peer() == peer));
        long needed = Long.MAX_VALUE;
        for (PeerStatus peer : peers) {
            if (isWaitedFor(peer)) {
                // One that is being sent a snapshot goes on behind it.
                long has = peer.awaitsSnapshot() ? peer.next() - 1 : peer.match();
                needed = Math.min(needed, has);
            }
        }
        long kept = log.indexOfLast(config.logBytesKept()) - 1;
        unneededIndex = Math.max(unneededIndex, Math.max(needed, kept));
    }

    private boolean isWaitedFor(PeerStatus peer) {
        if (peer.active()) {
            silentMillis.remove(peer.peer());
            return true;
        }
        long silent = silentMillis.merge(peer.peer(), lookMillis, Long::sum);
        return silent <= config.logMillisKept();
    }
}
