package io.quorate.raftstore;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.Promise;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Remembers what was applied, in order, and checks how it is called.
final class ListMachine implements StateMachine {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> applied = new ArrayList<>();
    private final TreeMap<Integer, Promise<Integer>> waiting = new TreeMap<>();
    private final Mailbox<Role> roles;
    private final boolean keepsState;
    private long appliedIndex;
    private long appliedTerm;
    private long leadingTerm;
    private @Nullable Membership members;

    /// Roles are posted to `roles`. A machine that keeps its state is durable in every moment, and
    /// is handed to the store again when it reopens.
    ListMachine(Mailbox<Role> roles, boolean keepsState) {
        this.roles = roles;
        this.keepsState = keepsState;
    }

    /// Begins with a state that came from elsewhere.
    static ListMachine at(long index, long term, Mailbox<Role> roles) {
        ListMachine machine = new ListMachine(roles, true);
        machine.appliedIndex = index;
        machine.appliedTerm = term;
        return machine;
    }

    @Override
    public long appliedIndex() {
        return appliedIndex;
    }

    @Override
    public long appliedTerm() {
        return appliedTerm;
    }

    @Override
    public long durableIndex() {
        return keepsState ? appliedIndex : 0;
    }

    @Override
    public List<Object> apply(List<CommittedEntry> entries) {
        lock.lock();
        try {
            List<Object> results = new ArrayList<>();
            for (CommittedEntry entry : entries) {
                if (entry.index() != appliedIndex + 1 || entry.term() < appliedTerm) {
                    throw new IllegalStateException(entry + " after " + appliedIndex);
                }
                appliedIndex = entry.index();
                appliedTerm = entry.term();
                if (entry.members() != null) {
                    members = entry.members();
                }
                if (!entry.data().isEmpty()) {
                    applied.add(entry.data().toUtf8());
                }
                results.add("result of " + entry.data().toUtf8());
            }
            waiting.headMap(applied.size(), true).values().forEach(p -> p.complete(applied.size()));
            waiting.headMap(applied.size(), true).clear();
            return results;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable Membership members() {
        return members;
    }

    @Override
    public void makeDurable() {}

    @Override
    public SnapshotSource snapshot(Membership current) {
        lock.lock();
        try {
            return new ListSnapshot(appliedIndex, appliedTerm, current, applied);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable String refusal(ByteSlice label) {
        return null;
    }

    @Override
    public void destroy() {
        throw new AssertionError("nobody is removed here");
    }

    @Override
    public void install(SnapshotSource snapshot) {
        lock.lock();
        try {
            applied.clear();
            applied.addAll(ListSnapshot.values(snapshot));
            appliedIndex = snapshot.index();
            appliedTerm = snapshot.term();
            members = snapshot.members();
            waiting.headMap(applied.size(), true).values().forEach(p -> p.complete(applied.size()));
            waiting.headMap(applied.size(), true).clear();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void roleChanged(Role role) {
        lock.lock();
        try {
            switch (role) {
                case Role.Leader(long term) -> {
                    if (term != appliedTerm) {
                        throw new IllegalStateException(
                                "leads in " + term + ", applied up to " + appliedTerm);
                    }
                    leadingTerm = term;
                }
                case Role.Follower _ -> leadingTerm = 0;
            }
        } finally {
            lock.unlock();
        }
        roles.post(role);
    }

    /// The term in which this replica may serve; 0 if it may not.
    long leadingTerm() {
        lock.lock();
        try {
            return leadingTerm;
        } finally {
            lock.unlock();
        }
    }

    List<String> applied() {
        lock.lock();
        try {
            return List.copyOf(applied);
        } finally {
            lock.unlock();
        }
    }

    /// Completes when that many entries with data are applied.
    Promise<Integer> whenApplied(int count) {
        lock.lock();
        try {
            if (applied.size() >= count) {
                return Promise.completed(applied.size());
            }
            return waiting.computeIfAbsent(count, _ -> new Promise<>());
        } finally {
            lock.unlock();
        }
    }
}
