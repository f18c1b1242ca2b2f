package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.raftstore.log.GroupLog;
import io.quorate.raftstore.raft.HardState;
import io.quorate.raftstore.raft.Raft;
import io.quorate.raftstore.raft.RaftConfig;
import io.quorate.raftstore.snapshot.Members;
import io.quorate.raftstore.snapshot.SnapshotFiles;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import org.jspecify.annotations.Nullable;

/// A core as it starts from what the log and the state machine hold.
///
/// The two are synced apart. Normally the state machine lies behind, and is given the entries it
/// lacks again. It may lie ahead of the log too, when it applied what others had made durable: then
/// the log restarts, empty, where the state ends (`logRestarted`), which must be durable before
/// anything is appended.
///
/// Of a group that is joined, entries of an earlier life here may be left (`destroyFirst`: up to where
/// they were committed): its state is gone, so they go too.
///
/// A snapshot whose installing was begun and not ended is installed again first (`reinstalled`).
record Opening(
        GroupLog log,
        Raft raft,
        long appliedIndex,
        boolean logRestarted,
        @Nullable Key reinstalled,
        long destroyFirst) {

    /// @param born the members if no entry ever changed them
    static Opening of(
            Env env,
            RaftStoreConfig config,
            GroupId group,
            Membership born,
            StateMachine stateMachine,
            GroupLog log,
            SnapshotFiles files) {
        Key reinstalled = reinstall(group, stateMachine, log, files);
        long applied = stateMachine.appliedIndex();
        long appliedTerm = stateMachine.appliedTerm();
        boolean ahead = applied > log.lastIndex();
        if (ahead) {
            log.compacted(applied, appliedTerm);
        }
        checkMeeting(group, log, applied, appliedTerm);
        HardState found = log.hardState();
        HardState hardState =
                new HardState(
                        Math.max(found.term(), appliedTerm),
                        found.term() < appliedTerm ? Raft.NONE : found.vote(),
                        Math.max(born.isEmpty() ? log.firstIndex() - 1 : found.commit(), applied),
                        found.leaderTerm());
        RaftConfig raftConfig =
                RaftConfig.builder(env.node().value())
                        .electionTicks(config.electionTicks())
                        .heartbeatTicks(config.heartbeatTicks())
                        .applied(applied)
                        .maxUncommittedBytes(config.uncommittedBytesMax())
                        .randomTicks(env.random()::nextInt)
                        .build();
        boolean leftOver = born.isEmpty() && found.commit() > 0 && log.lastIndex() == 0;
        Membership kept = stateMachine.members();
        Raft raft =
                new Raft(raftConfig, log, hardState, Members.toCore(kept == null ? born : kept));
        return new Opening(log, raft, applied, ahead, reinstalled, leftOver ? found.commit() : 0);
    }

    private static @Nullable Key reinstall(
            GroupId group, StateMachine stateMachine, GroupLog log, SnapshotFiles files) {
        long index = log.installingIndex();
        if (index == 0) {
            return null;
        }
        Key key = new Key(group, index, log.compactedTerm());
        try (SnapshotSource snapshot = files.whole(key)) {
            stateMachine.install(snapshot);
        }
        Check.that(
                stateMachine.appliedIndex() == index,
                "a machine holds the snapshot at %d, not %d",
                index,
                stateMachine.appliedIndex());
        return key;
    }

    private static void checkMeeting(GroupId group, GroupLog log, long applied, long appliedTerm) {
        if (applied < log.firstIndex() - 1) {
            throw damaged(
                    "the state of %s ends at entry %d, its log begins after entry %d"
                            .formatted(group, applied, log.firstIndex() - 1));
        }
        if (log.term(applied) != appliedTerm) {
            throw damaged(
                    "the state of %s ends with entry %d of term %d, in its log that is of term %d"
                            .formatted(group, applied, appliedTerm, log.term(applied)));
        }
    }

    private static QuorateException damaged(String what) {
        return new QuorateException(ErrorCode.DATA_CORRUPTED, what)
                .withHint(
                        "The log and the data of this node are not of one piece. Give the node an"
                                + " empty directory and a new id, and let it be filled by the"
                                + " others.");
    }
}
