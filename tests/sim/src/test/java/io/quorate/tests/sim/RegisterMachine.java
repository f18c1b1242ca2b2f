package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Registers that start at 0. What is not in the last flush is lost in a crash, as with an engine
/// that writes no log of its own.
final class RegisterMachine implements StateMachine {
    private final ReentrantLock lock = new ReentrantLock();
    private final Env env;
    private final Durable durable;
    private final AppliedJudge judge;
    private final Map<Integer, Long> registers;
    private long appliedIndex;
    private long appliedTerm;
    private long leadingTerm;
    private @Nullable Membership members;

    /// What survives a crash; one per node, for all its lives.
    static final class Durable {
        private final double flushProbability;
        private Map<Integer, Long> registers = Map.of();
        private long index;
        private long term;
        private @Nullable Membership members;

        /// Each apply is followed by a flush with that probability.
        Durable(double flushProbability) {
            this.flushProbability = flushProbability;
        }

        long index() {
            return index;
        }
    }

    RegisterMachine(Env env, Durable durable, AppliedJudge judge) {
        this.env = env;
        this.durable = durable;
        this.judge = judge;
        this.registers = new TreeMap<>(durable.registers);
        this.appliedIndex = durable.index;
        this.appliedTerm = durable.term;
        this.members = durable.members;
    }

    long read(int key) {
        lock.lock();
        try {
            return registers.getOrDefault(key, 0L);
        } finally {
            lock.unlock();
        }
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
        return durable.index;
    }

    @Override
    public List<Object> apply(List<CommittedEntry> entries) {
        lock.lock();
        try {
            List<Object> results = new ArrayList<>();
            for (CommittedEntry entry : entries) {
                results.add(apply(env.node(), entry));
            }
            if (env.random().nextDouble() < durable.flushProbability) {
                makeDurable();
            }
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
    public void makeDurable() {
        durable.registers = Map.copyOf(registers);
        durable.index = appliedIndex;
        durable.term = appliedTerm;
        durable.members = members;
    }

    @Override
    public SnapshotSource snapshot(Membership current) {
        return new RegisterSnapshot(appliedIndex, appliedTerm, current, Map.copyOf(registers));
    }

    @Override
    public @Nullable String refusal(ByteSlice label) {
        return null;
    }

    @Override
    public void destroy() {
        throw new AssertionError("no register is removed");
    }

    /// Half of it is durable on the way: a restart must not believe it.
    @Override
    public void install(SnapshotSource snapshot) {
        Map<Integer, Long> whole = RegisterSnapshot.registers(snapshot);
        durable.registers = Map.of();
        env.tasks().sleepNanos(env.random().nextInt(100_000_000));
        lock.lock();
        try {
            registers.clear();
            registers.putAll(whole);
            appliedIndex = snapshot.index();
            appliedTerm = snapshot.term();
            members = snapshot.members();
            makeDurable();
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
                    Check.that(
                            term == appliedTerm,
                            "a leader of term %d serves after an entry of it, not of %d",
                            term,
                            appliedTerm);
                    leadingTerm = term;
                }
                case Role.Follower _ -> leadingTerm = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private long apply(NodeId node, CommittedEntry entry) {
        Check.that(
                entry.index() == appliedIndex + 1,
                "entry %d is applied after %d",
                entry.index(),
                appliedIndex);
        judge.applies(node, entry);
        appliedIndex = entry.index();
        appliedTerm = entry.term();
        if (entry.members() != null) {
            members = entry.members();
        }
        if (entry.data().isEmpty()) {
            return 0;
        }
        return switch (RegisterProtocol.decode(entry.data())) {
            case RegisterProtocol.Read(int key) -> registers.getOrDefault(key, 0L);
            case RegisterProtocol.Write(_, int key, long value) -> {
                registers.put(key, value);
                yield 1;
            }
            case RegisterProtocol.CompareAndSet(_, int key, long expected, long value) -> {
                boolean succeeds = registers.getOrDefault(key, 0L) == expected;
                if (succeeds) {
                    registers.put(key, value);
                }
                yield succeeds ? 1 : 0;
            }
        };
    }
}
