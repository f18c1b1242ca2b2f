package io.quorate.raftstore.raft.progress;

import io.quorate.common.check.Check;
import io.quorate.raftstore.raft.quorum.VoteResult;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The members of a group with the progress of each, and the votes of the current election.
public final class ProgressTracker {
    private final int inflightsMax;
    private final long inflightBytesMax;
    private Members members = Members.EMPTY;
    private NavigableMap<Long, Progress> progress = new TreeMap<>();
    private final TreeMap<Long, Boolean> votes = new TreeMap<>();

    public ProgressTracker(int inflightsMax, long inflightBytesMax) {
        this.inflightsMax = inflightsMax;
        this.inflightBytesMax = inflightBytesMax;
    }

    public Members members() {
        return members;
    }

    /// Every member's progress, by id.
    public NavigableMap<Long, Progress> progress() {
        return progress;
    }

    /// The progress of `peer`, null if it is not a member.
    public @Nullable Progress of(long peer) {
        return progress.get(peer);
    }

    public boolean isVoter(long peer) {
        return members.quorum().contains(peer);
    }

    /// Switches to other members. Those in `kept` go on where they were, the others start at
    /// `nextIndex`, and count as heard of: a newcomer must not cost the leader its quorum at once.
    public void switchTo(Members newMembers, Iterable<Long> kept, long nextIndex) {
        TreeMap<Long, Progress> newProgress = new TreeMap<>();
        for (long peer : kept) {
            newProgress.put(peer, Check.present(progress.get(peer), "only members are kept"));
        }
        for (long peer : newMembers.all()) {
            if (!newProgress.containsKey(peer)) {
                newProgress.put(peer, fresh(0, nextIndex, true));
            }
        }
        Check.that(
                newProgress.keySet().equals(newMembers.all()),
                "exactly the members have progress: %s",
                newMembers);
        members = newMembers;
        progress = newProgress;
    }

    /// Forgets what was known of the members' logs, at the start of a term or role.
    ///
    /// @param self the own id, whose log ends at `lastIndex`
    public void restart(long self, long lastIndex) {
        votes.clear();
        progress.replaceAll(
                (peer, old) -> fresh(peer == self ? lastIndex : 0, lastIndex + 1, false));
    }

    /// The highest index durable on a quorum of the active configuration.
    public long committedIndex() {
        return members.quorum().committedIndex(this::matchOf);
    }

    /// Whether a quorum was heard of lately.
    public boolean quorumActive() {
        return members.quorum().voteResult(this::heardOf) == VoteResult.WON;
    }

    public void resetVotes() {
        votes.clear();
    }

    /// Notes a vote; the first one of each peer counts.
    public void recordVote(long peer, boolean granted) {
        votes.putIfAbsent(peer, granted);
    }

    public VoteResult voteResult() {
        return members.quorum().voteResult(votes::get);
    }

    private long matchOf(long peer) {
        Progress known = progress.get(peer);
        return known == null ? 0 : known.match();
    }

    private @Nullable Boolean heardOf(long peer) {
        Progress known = progress.get(peer);
        return known == null ? null : known.isActive();
    }

    private Progress fresh(long match, long next, boolean active) {
        return new Progress(match, next, active, inflightsMax, inflightBytesMax);
    }
}
