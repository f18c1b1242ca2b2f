package io.quorate.raftstore;

import io.quorate.common.env.Env;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.wire.GroupMessages;
import io.quorate.raftstore.wire.RaftBatch;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Messages of groups that are not open here. Mostly such a group is about to be opened, by a split
/// that is not applied yet; where a leader goes on sending for some time, this node was made a member
/// of a group it has nothing of.
final class UnknownGroups {
    /// A leader is believed after so many election timeouts.
    private static final int TIMEOUTS_BEFORE_JOINING = 3;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Env env;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();

    /// When each was first heard of. Guarded by `lock`.
    private final TreeMap<GroupId, Long> firstHeardNanos = new TreeMap<>();

    private volatile RaftStore.@Nullable Joiner joiner;

    UnknownGroups(Env env, RaftStoreConfig config) {
        this.env = env;
        this.patienceNanos =
                TIMEOUTS_BEFORE_JOINING
                        * (long) config.electionTicks()
                        * config.tickMillis()
                        * NANOS_PER_MILLI;
    }

    void tell(RaftStore.Joiner newJoiner) {
        joiner = newJoiner;
    }

    /// Looks at what arrived, on the network's thread.
    void look(RaftBatch batch, Predicate<GroupId> isOpen) {
        RaftStore.Joiner told = joiner;
        if (told == null) {
            return;
        }
        for (GroupMessages messages : batch.groups()) {
            GroupId group = messages.group();
            if (!isOpen.test(group) && isFromLeader(messages) && isPersistent(group)) {
                env.tasks().start("join-" + group, () -> told.invited(group));
            }
        }
    }

    private static boolean isFromLeader(GroupMessages messages) {
        return messages.messages().stream()
                .anyMatch(m -> m instanceof Message.Append || m instanceof Message.Heartbeat);
    }

    /// True once the patience is over, and then not again before another such time.
    private boolean isPersistent(GroupId group) {
        long now = env.clock().nanos();
        lock.lock();
        try {
            long first = firstHeardNanos.computeIfAbsent(group, _ -> now);
            if (now - first < patienceNanos) {
                return false;
            }
            firstHeardNanos.remove(group);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
