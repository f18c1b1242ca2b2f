package io.quorate.raftstore.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.InvariantBroken;
import io.quorate.raftstore.raft.ProposeOutcome.Appended;
import io.quorate.raftstore.raft.ProposeOutcome.Reason;
import io.quorate.raftstore.raft.ProposeOutcome.Refused;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the scenarios cannot show: limits, single messages out of the blue, broken promises.
class RaftTest {
    private static final ConfState THREE = ConfState.ofVoters(List.of(1L, 2L, 3L));

    private final MemoryStorage storage = new MemoryStorage(() -> null);

    private static RaftConfig.Builder config() {
        return RaftConfig.builder(1).preVote(false);
    }

    private Raft raft(RaftConfig.Builder config, long term, long commit) {
        return new Raft(config.build(), storage, new HardState(term, 0, commit, term), THREE);
    }

    /// Makes replica 1 of three the leader of the next term, its opening entry durable here.
    private Raft elected(RaftConfig.Builder config, long term, long commit) {
        Raft raft = raft(config, term, commit);
        raft.campaign();
        settle(raft);
        raft.step(new Message.VoteReply(2, 1, raft.term(), false, false));
        assertThat(raft.role()).isEqualTo(RaftRole.LEADER);
        return raft;
    }

    /// Writes and acknowledges all that is ready; returns what was sent.
    private List<Message> settle(Raft raft) {
        List<Message> sent = new ArrayList<>();
        while (raft.hasReady()) {
            Ready ready = raft.ready();
            sent.addAll(ready.messages());
            storage.append(ready.entries());
            for (Message message : ready.gated()) {
                if (message.to() == raft.id()) {
                    raft.step(message);
                } else {
                    sent.add(message);
                }
            }
            if (ready.logMark() != null) {
                raft.logDurable(ready.logMark().leaderTerm(), ready.logMark().index());
            }
            if (!ready.committed().isEmpty()) {
                raft.applied(ready.committed().getLast().index());
            }
        }
        return sent;
    }

    private static ProposeOutcome propose(Raft raft, int bytes) {
        return raft.propose(List.of(ByteSlice.wrap(new byte[bytes])));
    }

    private static Entry entry(long term, long index) {
        return new Entry(term, index, EntryKind.NORMAL, ByteSlice.utf8(term + "/" + index));
    }

    private static Message ack(Raft raft, long from, long index) {
        return new Message.AppendReply(from, raft.id(), raft.term(), index, false, 0, 0);
    }

    @Test
    void proposalsAreLimitedByUncommittedBytesButOneAlwaysFits() {
        Raft raft = elected(config().maxUncommittedBytes(100), 0, 0);
        assertThat(propose(raft, 500)).isEqualTo(new Appended(1, 2));
        assertThat(propose(raft, 1)).isEqualTo(new Refused(Reason.TOO_MUCH_UNCOMMITTED));
        settle(raft);
        raft.step(ack(raft, 2, 2));
        settle(raft);
        assertThat(raft.appliedIndex()).isEqualTo(2);
        assertThat(propose(raft, 60)).isInstanceOf(Appended.class);
        assertThat(propose(raft, 60)).isInstanceOf(Refused.class);
        assertThat(propose(raft, 40)).isInstanceOf(Appended.class);
    }

    @Test
    void batchIsTakenWholeAndInOrder() {
        Raft raft = elected(config(), 0, 0);
        List<ByteSlice> batch = List.of(ByteSlice.utf8("a"), ByteSlice.utf8("b"));
        assertThat(raft.propose(batch)).isEqualTo(new Appended(1, 2));
        settle(raft);
        assertThat(storage.entries(2, 4, Long.MAX_VALUE).stream().map(Entry::data))
                .containsExactlyElementsOf(batch);
    }

    @Test
    void leaderDoesNotCommitOldTermEntriesByCounting() {
        storage.append(List.of(entry(1, 1), entry(2, 2)));
        Raft raft = elected(config().maxAppendBytes(0), 2, 0);
        settle(raft);
        raft.step(ack(raft, 2, 2));
        assertThat(raft.commitIndex()).as("entry of term 2 on a majority").isZero();
        assertThat(raft.committedInTerm()).isFalse();
        raft.step(ack(raft, 2, 3));
        assertThat(raft.commitIndex()).isEqualTo(3);
        assertThat(raft.committedInTerm()).isTrue();
    }

    @Test
    void leaderCountsItselfOnlyOnceDurable() {
        Raft raft = elected(config(), 0, 0);
        Ready ready = raft.ready();
        raft.step(ack(raft, 2, 1));
        assertThat(raft.commitIndex()).as("one follower of three").isZero();
        storage.append(ready.entries());
        ready.gated().forEach(raft::step);
        assertThat(raft.commitIndex()).isEqualTo(1);
    }

    @Test
    void committedEntriesWaitForTheOwnDiskUnlessToldOtherwise() {
        Raft raft = elected(config(), 0, 0);
        raft.ready();
        raft.step(ack(raft, 2, 1));
        raft.step(ack(raft, 3, 1));
        assertThat(raft.commitIndex()).isEqualTo(1);
        assertThat(raft.ready().committed()).isEmpty();

        Raft eager = elected(config().applyBeforeDurable(true), 0, 0);
        eager.ready();
        eager.step(ack(eager, 2, 1));
        eager.step(ack(eager, 3, 1));
        assertThat(eager.ready().committed()).hasSize(1);
    }

    @Test
    void markOfAnEarlierLeaderIsIgnored() {
        Raft raft = raft(config(), 1, 0);
        raft.step(new Message.Append(2, 1, 1, 0, 0, List.of(entry(1, 1)), 0));
        LogMark first = raft.ready().logMark();
        raft.step(new Message.Append(3, 1, 2, 0, 0, List.of(entry(2, 1)), 1));
        LogMark second = raft.ready().logMark();
        assertThat(first).isEqualTo(new LogMark(1, 1));
        assertThat(second).isEqualTo(new LogMark(2, 1));
        raft.logDurable(1, 1);
        assertThat(raft.hasReady()).as("the new entry is not durable").isFalse();
        storage.append(List.of(entry(2, 1)));
        raft.logDurable(2, 1);
        assertThat(raft.ready().committed()).containsExactly(entry(2, 1));
    }

    /// The rest of a log behind what a new leader has confirmed is not that leader's yet: a mark
    /// that covers it must not carry the leader's term.
    @Test
    void markCarriesTheTermOnlyOfALeaderThatConfirmedTheWholeLog() {
        Raft raft = raft(config(), 1, 0);
        raft.step(new Message.Append(2, 1, 1, 0, 0, List.of(entry(1, 1), entry(1, 2)), 0));
        raft.step(new Message.Append(3, 1, 2, 0, 0, List.of(entry(1, 1)), 0));
        assertThat(raft.ready().logMark()).isEqualTo(new LogMark(1, 2));
        raft.step(new Message.Append(3, 1, 2, 1, 1, List.of(entry(2, 2)), 0));
        assertThat(raft.ready().logMark()).isEqualTo(new LogMark(2, 2));
        raft.logDurable(1, 2);
        assertThat(raft.replica().log.markToAwait()).isEqualTo(new LogMark(2, 2));
    }

    /// What follows the append here may contradict the leader, whatever its commit index says.
    @Test
    void followerCommitsOnlyWhatTheAppendCovers() {
        storage.append(List.of(entry(1, 1), entry(1, 2)));
        Raft raft = raft(config(), 1, 0);
        raft.step(new Message.Append(2, 1, 2, 0, 0, List.of(entry(1, 1)), 2));
        assertThat(raft.commitIndex()).isEqualTo(1);
    }

    @Test
    void restartRaisesCommitToWhatWasApplied() {
        storage.append(List.of(entry(1, 1), entry(1, 2)));
        Raft raft = raft(config().applied(2), 1, 1);
        assertThat(raft.commitIndex()).isEqualTo(2);
        assertThat(raft.hasReady())
                .as("the commit index is written with the next change")
                .isFalse();
    }

    @Test
    void secondVoteInATermIsRefused() {
        Raft raft = raft(config(), 1, 0);
        raft.step(new Message.VoteRequest(2, 1, 2, 1, 1, false, false));
        raft.step(new Message.VoteRequest(3, 1, 2, 9, 9, false, false));
        assertThat(raft.ready().gated())
                .containsExactly(
                        new Message.VoteReply(1, 2, 2, false, false),
                        new Message.VoteReply(1, 3, 2, false, true));
    }

    @Test
    void voteAloneIsWrittenBeforeItIsGiven() {
        Raft raft = raft(config(), 2, 0);
        raft.step(new Message.VoteRequest(2, 1, 2, 0, 0, false, false));
        Ready ready = raft.ready();
        assertThat(ready.hardState()).isEqualTo(new HardState(2, 2, 0, 2));
        assertThat(ready.mustSync()).as("the vote is synced").isTrue();
        assertThat(ready.messages()).as("nothing leaves before").isEmpty();
    }

    @Test
    void latePreVotesDoNotCountInTheElection() {
        Raft raft = raft(config().preVote(true), 1, 0);
        raft.campaign();
        settle(raft);
        raft.step(new Message.VoteReply(2, 1, 2, true, false));
        assertThat(raft.role()).isEqualTo(RaftRole.CANDIDATE);
        settle(raft);
        raft.step(new Message.VoteReply(3, 1, 2, true, false));
        assertThat(raft.role()).isEqualTo(RaftRole.CANDIDATE);
        assertThat(raft.term()).isEqualTo(2);
    }

    @Test
    void seenVoteIsNotAGrantedVote() {
        Raft raft = raft(config(), 1, 0);
        raft.campaign();
        settle(raft);
        raft.step(new Message.VoteReply(2, 1, raft.term(), false, true));
        assertThat(raft.role()).isEqualTo(RaftRole.CANDIDATE);
        raft.step(new Message.VoteReply(3, 1, raft.term(), false, true));
        assertThat(raft.role()).isEqualTo(RaftRole.FOLLOWER);
    }

    @Test
    void ownReadsAndThoseOfFollowersShareARound() {
        Raft raft = elected(config(), 0, 0);
        settle(raft);
        raft.step(ack(raft, 2, 1));
        settle(raft);
        raft.readIndex(7);
        raft.step(new Message.ReadIndex(2, 1, 0, 8));
        List<Message> sent = settle(raft);
        assertThat(sent).as("one heartbeat each").hasSize(2);
        raft.step(new Message.HeartbeatReply(3, 1, raft.term(), 1));
        Ready ready = raft.ready();
        assertThat(ready.readStates()).containsExactly(new ReadState(7, 1));
        assertThat(ready.messages()).contains(new Message.ReadIndexReply(1, 2, raft.term(), 8, 1));
    }

    @Test
    void answerToAnEarlierRoundConfirmsNoLaterRead() {
        Raft raft = elected(config(), 0, 0);
        settle(raft);
        raft.step(ack(raft, 2, 1));
        settle(raft);
        raft.readIndex(7);
        settle(raft);
        raft.readIndex(8);
        settle(raft);
        raft.step(new Message.HeartbeatReply(2, 1, raft.term(), 1));
        assertThat(raft.ready().readStates()).containsExactly(new ReadState(7, 1));
        raft.step(new Message.HeartbeatReply(2, 1, raft.term(), 2));
        assertThat(raft.ready().readStates()).containsExactly(new ReadState(8, 1));
    }

    @Test
    void readsOfALostLeadershipAreDropped() {
        Raft raft = elected(config(), 0, 0);
        settle(raft);
        raft.readIndex(7);
        raft.step(new Message.Heartbeat(2, 1, 9, 0, 0));
        settle(raft);
        assertThat(raft.readIndex(8)).as("passed on").isTrue();
        assertThat(raft.ready().messages()).containsExactly(new Message.ReadIndex(1, 2, 0, 8));

        // Leading again, it must not confirm what it was asked while others may have led.
        raft.campaign();
        settle(raft);
        raft.step(new Message.VoteReply(2, 1, raft.term(), false, false));
        settle(raft);
        raft.step(ack(raft, 2, raft.lastIndex()));
        settle(raft);
        assertThat(raft.committedInTerm()).isTrue();
        raft.step(new Message.HeartbeatReply(3, 1, raft.term(), 1));
        assertThat(raft.ready().readStates()).as("nothing is confirmed").isEmpty();
    }

    @Test
    void noCampaignWhileACommittedMembershipChangeIsNotApplied() {
        ConfChange change = ConfChange.of(ConfChange.ChangeKind.ADD_VOTER, 4);
        Entry committed = new Entry(1, 2, EntryKind.CONF_CHANGE, change.encode());
        storage.append(List.of(entry(1, 1), committed));
        Raft raft = raft(config().applied(1), 1, 2);
        raft.campaign();
        assertThat(raft.role()).isEqualTo(RaftRole.FOLLOWER);
        assertThat(raft.ready().committed()).containsExactly(committed);
        raft.applyConfChange(change);
        raft.applied(2);
        raft.campaign();
        assertThat(raft.role()).isEqualTo(RaftRole.CANDIDATE);
    }

    @Test
    void secondMembershipChangeWaitsForTheFirst() {
        Raft raft = elected(config(), 0, 0);
        ConfChange change = ConfChange.of(ConfChange.ChangeKind.ADD_LEARNER, 4);
        assertThat(raft.proposeConfChange(change)).isEqualTo(new Appended(1, 2));
        assertThat(raft.proposeConfChange(change))
                .isEqualTo(new Refused(Reason.CONF_CHANGE_REFUSED));
    }

    /// Something in what a new leader found may be a change already, perhaps the leaving itself.
    @Test
    void foundJointConfigurationIsLeftOnceAllThatWasFoundIsApplied() {
        storage.append(List.of(entry(1, 1), entry(1, 2), entry(1, 3)));
        ConfState joint =
                new ConfState(List.of(1L, 2L, 3L), List.of(1L, 2L), List.of(), List.of(), true);
        Raft raft =
                new Raft(config().applied(1).build(), storage, new HardState(1, 0, 2, 1), joint);
        raft.campaign();
        raft.ready().gated().forEach(raft::step);
        raft.step(new Message.VoteReply(2, 1, raft.term(), false, false));
        assertThat(raft.role()).isEqualTo(RaftRole.LEADER);
        raft.applied(2);
        assertThat(raft.lastIndex()).as("only the opening entry is added").isEqualTo(4);
        settle(raft);
        raft.step(ack(raft, 2, 4));
        settle(raft);
        assertThat(raft.lastIndex()).as("and leaving, once all is applied").isEqualTo(5);
    }

    @Test
    void messageForAnotherReplicaIsABrokenPromise() {
        Raft raft = raft(config(), 1, 0);
        assertThatThrownBy(() -> raft.step(new Message.TimeoutNow(2, 3, 1)))
                .isInstanceOf(InvariantBroken.class);
    }

    @Test
    void nothingCommittedIsEverReplaced() {
        storage.append(List.of(entry(1, 1)));
        Raft raft = raft(config(), 1, 1);
        raft.step(new Message.Append(2, 1, 2, 0, 0, List.of(entry(2, 1)), 0));
        assertThat(raft.ready().gated())
                .containsExactly(new Message.AppendReply(1, 2, 2, 1, false, 0, 0));
        assertThatThrownBy(() -> raft.replica().log.maybeAppend(2, 0, 0, List.of(entry(2, 1))))
                .isInstanceOf(InvariantBroken.class);
    }

    @Test
    void secondLeaderOfATermIsABrokenPromise() {
        Raft raft = raft(config(), 1, 0);
        raft.step(new Message.Heartbeat(2, 1, 3, 0, 0));
        assertThatThrownBy(() -> raft.step(new Message.Heartbeat(3, 1, 3, 0, 0)))
                .isInstanceOf(InvariantBroken.class);
    }

    @Test
    void snapshotReplacesTheLogAndIsAcknowledgedWhenDurable() {
        storage.append(List.of(entry(1, 1)));
        Raft raft = raft(config(), 1, 0);
        Snapshot snapshot = new Snapshot(9, 3, THREE, ByteSlice.utf8("state"));
        raft.step(new Message.InstallSnapshot(2, 1, 4, snapshot));
        Ready ready = raft.ready();
        assertThat(ready.snapshot()).isEqualTo(snapshot);
        assertThat(ready.messages()).isEmpty();
        assertThat(ready.gated()).containsExactly(new Message.AppendReply(1, 2, 4, 9, false, 0, 0));
        raft.campaign();
        assertThat(raft.role())
                .as("no campaign while it is installed")
                .isEqualTo(RaftRole.FOLLOWER);
        storage.restartAt(9, 3);
        raft.snapshotDurable(9);
        assertThat(raft.appliedIndex()).isEqualTo(9);
        assertThat(raft.lastIndex()).isEqualTo(9);
        assertThat(raft.firstIndex()).isEqualTo(10);
    }
}
