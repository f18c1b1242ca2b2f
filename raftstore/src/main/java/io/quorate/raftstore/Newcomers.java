package io.quorate.raftstore;

import io.quorate.raftstore.raft.PeerStatus;
import java.util.TreeMap;

/// Members that say that they know nothing of the group, as their leader hears it. Where the leader
/// knows of something that such a member acknowledged, that was an earlier replica on the node, which is
/// gone: counting on it would be wrong, and the core never takes back what was acknowledged. Owned by
/// the loop.
final class Newcomers {
    /// One message may be late; so many in a row, with nothing acknowledged in between, are not.
    private static final int CLAIMS_TO_BELIEVE = 4;

    private final TreeMap<Long, Claims> claims = new TreeMap<>();

    private record Claims(long match, int count) {}

    /// Whether the member must leave the group, to come back as somebody new.
    boolean mustLeave(PeerStatus member) {
        if (member.match() == 0) {
            claims.remove(member.peer());
            return false;
        }
        Claims before = claims.get(member.peer());
        int count = before == null || before.match() != member.match() ? 1 : before.count() + 1;
        claims.put(member.peer(), new Claims(member.match(), count));
        if (count < CLAIMS_TO_BELIEVE) {
            return false;
        }
        claims.remove(member.peer());
        return true;
    }

    /// Leadership is lost: the next leader hears for itself.
    void forget() {
        claims.clear();
    }
}
