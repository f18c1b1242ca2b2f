package io.quorate.raftstore.raft;

import java.util.List;

/// Bugs that the field has met, and the textbook's, as changes to the source of the core.
final class Mutants {
    static final List<Mutant> ALL =
            List.of(
                    new Mutant(
                            "a vote is taken back on stepping down within the term",
                            "CCF PR 8094",
                            "search birth",
                            "Replica.java",
                            """
                                    if (newTerm > term) {
                            """,
                            """
                                    if (newTerm >= term) {
                            """),
                    new Mutant(
                            "a second vote is given in a term",
                            "Raft paper, 5.2",
                            "search birth",
                            "Election.java",
                            "(replica.vote() == Raft.NONE && replica.leader() == Raft.NONE)",
                            "replica.leader() == Raft.NONE"),
                    new Mutant(
                            "a vote that was only seen counts as granted",
                            "openraft PR 1220, databend PR 16175",
                            "test RaftTest seenVoteIsNotAGrantedVote",
                            "Election.java",
                            "recordVote(reply.from(), !reply.rejected())",
                            "recordVote(reply.from(), true)"),
                    new Mutant(
                            "the vote is not written with its term",
                            "hashicorp/raft 661",
                            "test RaftTest voteAloneIsWrittenBeforeItIsGiven",
                            "Raft.java",
                            """

                                                    || hardState.vote() != hardStateSeen.vote();\
                            """,
                            ";"),
                    new Mutant(
                            "the hard state leaves the vote out",
                            "hashicorp/raft 661",
                            "search birth",
                            "Replica.java",
                            "new HardState(term, vote, log",
                            "new HardState(term, Raft.NONE, log"),
                    new Mutant(
                            "a vote leaves before it is durable",
                            "thesis, 3.8",
                            "search birth",
                            "Outbox.java",
                            "case Message.AppendReply _, Message.VoteReply _ -> true;",
                            """
                            case Message.AppendReply _ -> true;
                                        case Message.VoteReply vote -> vote.from() == vote.to();\
                            """),
                    new Mutant(
                            "votes go to logs that lack entries",
                            "thesis, 3.6.1",
                            "search figure8",
                            "Election.java",
                            """
                            if (free && replica.log.isUpToDate(request.logTerm(), request.index())) {\
                            """,
                            "if (free) {"),
                    new Mutant(
                            "the longer log wins, whatever its terms",
                            "Raft paper, figure 8",
                            "search figure8",
                            "RaftLog.java",
                            "return term > own || (term == own && index >= lastIndex());",
                            "return index >= lastIndex();"),
                    new Mutant(
                            "a pre-vote raises the receiver's term",
                            "thesis, 9.6",
                            "scenario prevote_raises_no_term",
                            "Steps.java",
                            """
                            if (!request.preVote()) {
                                                replica.become\
                            """,
                            """
                            if (request.term() > 0) {
                                                replica.become\
                            """),
                    new Mutant(
                            "late pre-votes count in the election",
                            "thesis, 9.6",
                            "test RaftTest latePreVotesDoNotCountInTheElection",
                            "Election.java",
                            "if (replica.role() != asking) {",
                            """
                            if (replica.role() != asking && replica.role() != RaftRole.CANDIDATE) {\
                            """),
                    new Mutant(
                            "a campaign with a committed change not applied",
                            "etcd 7625, 11284",
                            "test RaftTest noCampaignWhileACommittedMembershipChangeIsNotApplied",
                            "Election.java",
                            """

                                            && !replica.log.hasUnappliedConfChange(CONF_SCAN_PAGE_BYTES)\
                            """,
                            ""),
                    new Mutant(
                            "learners campaign",
                            "thesis, 4.2.1",
                            "scenario learner",
                            "Election.java",
                            "return replica.tracker.isVoter(replica.id) &&",
                            "return replica.tracker.of(replica.id) != null &&"),
                    new Mutant(
                            "a leader nobody answers goes on",
                            "thesis, 6.2",
                            "scenario check_quorum",
                            "Raft.java",
                            "if (!replica.tracker.quorumActive()) {",
                            "if (replica.tracker.progress().isEmpty()) {"),
                    new Mutant(
                            "a hand-over before the successor has the log",
                            "thesis, 3.10",
                            "scenario transfer_waits_for_the_log",
                            "Replication.java",
                            """
                            if (progress.match() == replica.log.lastIndex()) {
                                        sendTimeoutNow(transferee);\
                            """,
                            """
                            if (progress.match() >= 0) {
                                        sendTimeoutNow(transferee);\
                            """),
                    new Mutant(
                            "an acknowledgement leaves before it is durable",
                            "thesis, 3.8",
                            "search led",
                            "Outbox.java",
                            "case Message.AppendReply _, Message.VoteReply _ -> true;",
                            """
                            case Message.VoteReply _ -> true;
                                        case Message.AppendReply ack -> ack.from() == ack.to();\
                            """),
                    new Mutant(
                            "a leader counts itself before its disk does",
                            "thesis, 10.2.1",
                            "test RaftTest leaderCountsItselfOnlyOnceDurable",
                            "Replication.java",
                            "        // The own acknowledgement counts",
                            """
                                    Check.present(replica.tracker.of(replica.id), "own").maybeUpdate(next - 1);
                                    // The own acknowledgement counts\
                            """),
                    new Mutant(
                            "old entries are committed by counting",
                            "Raft paper, figure 8",
                            "search recount",
                            "Replication.java",
                            """
                            index <= replica.log.commit() || !replica.log.matches(index, replica.term())\
                            """,
                            "index <= replica.log.commit()"),
                    new Mutant(
                            "no entry opens a term",
                            "tikv 6340",
                            "scenario election",
                            "Replication.java",
                            """
                                    append(List.of(new Entry(0, 0, EntryKind.NORMAL, ByteSlice.EMPTY)));
                            """,
                            ""),
                    new Mutant(
                            "a heartbeat commits what the follower never acknowledged",
                            "thesis, 3.3",
                            "search led",
                            "Replication.java",
                            "Math.min(progress.match(), replica.log.commit())",
                            "replica.log.commit()"),
                    new Mutant(
                            "a follower commits past what the append covers",
                            "Raft paper, figure 2",
                            "test RaftTest followerCommitsOnlyWhatTheAppendCovers",
                            "Following.java",
                            "log.commitTo(Math.min(append.commit(), last))",
                            "log.commitTo(Math.min(append.commit(), log.lastIndex()))"),
                    new Mutant(
                            "every append cuts off what follows it",
                            "Raft paper, figure 2",
                            "search led",
                            "RaftLog.java",
                            "if (!matches(entry.index(), entry.term())) {",
                            "if (entry.index() > commit) {"),
                    new Mutant(
                            "the previous entry is compared by index only",
                            "thesis, 3.5",
                            "search figure8",
                            "RaftLog.java",
                            """
                                    if (!matches(prevIndex, prevTerm)) {
                                        return false;\
                            """,
                            """
                                    if (!knowsTerm(prevIndex)) {
                                        return false;\
                            """),
                    new Mutant(
                            "messages of earlier terms are heard",
                            "thesis, 3.3",
                            "search figure8",
                            "Steps.java",
                            """
                                        answerStale(message);
                                        return false;\
                            """,
                            """
                                        answerStale(message);
                                        return true;\
                            """),
                    new Mutant(
                            "a durable mark counts whoever led then (ABA)",
                            "cockroach 124440",
                            "test RaftTest markOfAnEarlierLeaderIsIgnored",
                            "RaftLog.java",
                            "if (markTerm == leaderTerm) {",
                            "if (markTerm > 0) {"),
                    new Mutant(
                            "any matching append makes the whole log the leader's",
                            "cockroach 124440",
                            "test RaftTest markCarriesTheTermOnlyOfALeaderThatConfirmedTheWholeLog",
                            "RaftLog.java",
                            "if (lastIndex() == prevIndex + entries.size()) {",
                            "if (lastIndex() >= prevIndex) {"),
                    new Mutant(
                            "committed entries are applied before the own disk has them",
                            "thesis, 10.2.1",
                            "test RaftTest committedEntriesWaitForTheOwnDiskUnlessToldOtherwise",
                            "RaftLog.java",
                            """
                            return applyBeforeDurable ? commit : Math.min(commit, unstable.offset() - 1);\
                            """,
                            "return commit;"),
                    new Mutant(
                            "half of an even group is a majority",
                            "",
                            "scenario quorum/majority_commits",
                            "quorum/Majority.java",
                            "indexes[indexes.length - (indexes.length / 2 + 1)]",
                            """
                            indexes[indexes.length - (indexes.length + 1) / 2]\
                            """),
                    new Mutant(
                            "a snapshot takes back what is committed",
                            "",
                            "soup 3",
                            "Following.java",
                            "snapshot.index() <= log.commit() || ",
                            ""),
                    new Mutant(
                            "a snapshot does not bring its membership",
                            "",
                            "scenario snapshot_brings_members",
                            "Following.java",
                            """
                                    membership.restore(snapshot.confState());
                            """,
                            ""),
                    new Mutant(
                            "appends overtake the in-flight limit",
                            "",
                            "scenario inflight_limit",
                            "progress/Progress.java",
                            "paused = inflights.isFull();",
                            "paused = false;"),
                    new Mutant(
                            "commit counts the incoming half only",
                            "thesis, 4.3",
                            "scenario quorum/joint_commits",
                            "quorum/JointQuorum.java",
                            """
                            return outgoing.isEmpty() ? first : Math.min(first, outgoing.committedIndex(acknowledged));\
                            """,
                            "return first;"),
                    new Mutant(
                            "elections count the incoming half only",
                            "thesis, 4.3",
                            "search joined",
                            "quorum/JointQuorum.java",
                            "        VoteResult second = outgoing.voteResult(ballots);",
                            "        VoteResult second = first;"),
                    new Mutant(
                            "the joint configuration has no outgoing half",
                            "camunda 60086",
                            "search change",
                            "ConfChanger.java",
                            """
                                    changer.outgoing.addAll(changer.incoming);
                            """,
                            ""),
                    new Mutant(
                            "a recovered joint configuration is left before it commits",
                            "camunda 60086",
                            "test RaftTest foundJointConfigurationIsLeftOnceAllThatWasFoundIsApplied",
                            "Membership.java",
                            "replica.log.applied() >= replica.pendingConfIndex",
                            "replica.log.applied() >= 0"),
                    new Mutant(
                            "a change is taken while another is not applied",
                            "etcd 7280",
                            "test RaftTest secondMembershipChangeWaitsForTheFirst",
                            "Membership.java",
                            "if (replica.pendingConfIndex > replica.log.applied()) {",
                            "if (replica.pendingConfIndex > replica.log.lastIndex()) {"),
                    new Mutant(
                            "a new leader forgets that a change may be under way",
                            "etcd-io/raft 456",
                            "scenario conf_change_after_election",
                            "Replica.java",
                            "pendingConfIndex = log.lastIndex();",
                            "pendingConfIndex = 0;"),
                    new Mutant(
                            "a change takes effect when it is appended",
                            "etcd 7625, 11284",
                            "scenario joint_change",
                            "Membership.java",
                            """
                                    replica.pendingConfIndex = replica.log.lastIndex();
                            """,
                            """
                                    replica.pendingConfIndex = replica.log.lastIndex();
                                    apply(change);
                            """),
                    new Mutant(
                            "two voters are swapped in one step",
                            "thesis, 4.1",
                            "scenario confchange/simple",
                            "ConfChanger.java",
                            "changer.incoming) > 1,",
                            "changer.incoming) > 2,"),
                    new Mutant(
                            "acknowledgements of learners count",
                            "thesis, 4.2.1",
                            "scenario learner",
                            "progress/ProgressTracker.java",
                            "return members.quorum().committedIndex(this::matchOf);",
                            """
                            return io.quorate.raftstore.raft.quorum.Majority.of(members.all()).committedIndex(this::matchOf);\
                            """),
                    new Mutant(
                            "reads are answered before a commit in the term",
                            "tikv 6340",
                            "scenario read_index",
                            "Reads.java",
                            "replica.rounds.hasWaiting() && replication.committedInTerm()",
                            "replica.rounds.hasWaiting()"),
                    new Mutant(
                            "reads outlive the leadership they were asked in",
                            "tikv 10347",
                            "test RaftTest readsOfALostLeadershipAreDropped",
                            "Replica.java",
                            """
                                    rounds = new ReadRounds();
                                    tracker\
                            """,
                            "        tracker"),
                    new Mutant(
                            "reads are confirmed by the leader alone",
                            "tikv 16069",
                            "test RaftTest ownReadsAndThoseOfFollowersShareARound",
                            "ReadRounds.java",
                            "quorum.committedIndex(peer -> answered.getOrDefault(peer, 0L))",
                            "round"),
                    new Mutant(
                            "an answer to an earlier round confirms later reads",
                            "",
                            "test RaftTest answerToAnEarlierRoundConfirmsNoLaterRead",
                            "ReadRounds.java",
                            "answered.merge(peer, answeredRound, Math::max);",
                            "answered.merge(peer, round, Math::max);"));

    private Mutants() {}
}
