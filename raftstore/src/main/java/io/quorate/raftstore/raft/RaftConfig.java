package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.function.IntUnaryOperator;

/// How one replica behaves. Made with [#builder(long)].
///
/// `checkQuorum` and `preVote` must be the same on all replicas of a group: where only some have
/// them, one that keeps campaigning may be ignored by the others for ever.
///
/// @param id this replica, greater than zero, unique in its group for ever
/// @param electionTicks a follower campaigns after `electionTicks` to `2 * electionTicks - 1` ticks
///   without a leader
/// @param heartbeatTicks a leader's heartbeat interval; well below `electionTicks`
/// @param applied the index that the state machine has applied; entries up to it are not handed out
///   again after a restart
/// @param maxAppendBytes limit of the entries in one [Message.Append]; one entry always fits. Zero
///   sends entries one by one
/// @param maxApplyingBytes limit of the committed entries handed out and not yet applied; one batch
///   always fits
/// @param maxUncommittedBytes limit of payload bytes proposed and not yet committed
/// @param maxInflightMessages limit of appends to one follower that are not yet acknowledged
/// @param maxInflightBytes limit of the bytes in those appends; checked before each message, so one
///   message may exceed it
/// @param checkQuorum whether a leader steps down when a quorum was silent for an election timeout,
///   and whether followers ignore campaigns while they hear from a leader
/// @param preVote whether candidates first ask without raising the term
/// @param forwardProposals whether followers pass proposals on to the leader
/// @param applyBeforeDurable whether committed entries are handed out before they are durable here
///   (they are durable on a quorum); the driver then writes the entries of a Ready before it
///   applies that Ready's committed ones
/// @param stepDownOnRemoval whether a leader steps down when its own removal is applied, rather
///   than serving on until another is elected
/// @param validateConfChanges whether a leader refuses membership changes that do not fit the
///   current configuration; off only in tests
/// @param randomTicks chance from outside: given a bound, a number from zero to `bound - 1`
public record RaftConfig(
        long id,
        int electionTicks,
        int heartbeatTicks,
        long applied,
        long maxAppendBytes,
        long maxApplyingBytes,
        long maxUncommittedBytes,
        int maxInflightMessages,
        long maxInflightBytes,
        boolean checkQuorum,
        boolean preVote,
        boolean forwardProposals,
        boolean applyBeforeDurable,
        boolean stepDownOnRemoval,
        boolean validateConfChanges,
        IntUnaryOperator randomTicks) {

    public RaftConfig {
        Check.that(id > 0, "a replica's id is greater than zero");
        Check.that(heartbeatTicks > 0, "heartbeats take at least one tick");
        Check.that(electionTicks > heartbeatTicks, "elections are rarer than heartbeats");
        Check.that(applied >= 0, "the applied index is not negative");
        Check.that(maxInflightMessages > 0, "at least one append may be in flight");
        Check.that(maxAppendBytes >= 0 && maxApplyingBytes >= 0, "limits are not negative");
        Check.that(maxInflightBytes >= maxAppendBytes, "one full append fits in flight");
    }

    /// The defaults of a replica in production.
    public static Builder builder(long id) {
        return new Builder(id);
    }

    /// Collects what differs from the defaults.
    public static final class Builder {
        private final long id;
        private int electionTicks = 10;
        private int heartbeatTicks = 2;
        private long applied;
        private long maxAppendBytes = 1 << 20;
        private long maxApplyingBytes = 16 << 20;
        private long maxUncommittedBytes = 16 << 20;
        private int maxInflightMessages = 256;
        private long maxInflightBytes = 4 << 20;
        private boolean checkQuorum = true;
        private boolean preVote = true;
        private boolean forwardProposals;
        private boolean applyBeforeDurable;
        private boolean stepDownOnRemoval = true;
        private boolean validateConfChanges = true;
        private IntUnaryOperator randomTicks = bound -> 0;

        private Builder(long id) {
            this.id = id;
        }

        public Builder electionTicks(int ticks) {
            electionTicks = ticks;
            return this;
        }

        public Builder heartbeatTicks(int ticks) {
            heartbeatTicks = ticks;
            return this;
        }

        public Builder applied(long index) {
            applied = index;
            return this;
        }

        public Builder maxAppendBytes(long bytes) {
            maxAppendBytes = bytes;
            return this;
        }

        public Builder maxApplyingBytes(long bytes) {
            maxApplyingBytes = bytes;
            return this;
        }

        public Builder maxUncommittedBytes(long bytes) {
            maxUncommittedBytes = bytes;
            return this;
        }

        public Builder maxInflightMessages(int messages) {
            maxInflightMessages = messages;
            return this;
        }

        public Builder maxInflightBytes(long bytes) {
            maxInflightBytes = bytes;
            return this;
        }

        public Builder checkQuorum(boolean on) {
            checkQuorum = on;
            return this;
        }

        public Builder preVote(boolean on) {
            preVote = on;
            return this;
        }

        public Builder forwardProposals(boolean on) {
            forwardProposals = on;
            return this;
        }

        public Builder applyBeforeDurable(boolean on) {
            applyBeforeDurable = on;
            return this;
        }

        public Builder stepDownOnRemoval(boolean on) {
            stepDownOnRemoval = on;
            return this;
        }

        public Builder validateConfChanges(boolean on) {
            validateConfChanges = on;
            return this;
        }

        public Builder randomTicks(IntUnaryOperator random) {
            randomTicks = random;
            return this;
        }

        public RaftConfig build() {
            return new RaftConfig(
                    id,
                    electionTicks,
                    heartbeatTicks,
                    applied,
                    maxAppendBytes,
                    maxApplyingBytes,
                    maxUncommittedBytes,
                    maxInflightMessages,
                    maxInflightBytes,
                    checkQuorum,
                    preVote,
                    forwardProposals,
                    applyBeforeDurable,
                    stepDownOnRemoval,
                    validateConfChanges,
                    randomTicks);
        }
    }
}
