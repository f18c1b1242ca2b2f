package io.quorate.tso.oracle;

import io.quorate.common.env.Clock;
import io.quorate.tso.meta.MetaStateMachine.RoleListener;
import io.quorate.tso.oracle.TimestampAllocator.Allocation;
import java.util.concurrent.locks.ReentrantLock;

/// The allocator of a node, shared by the threads that ask it and the loop that tells it of Raft.
public final class LeaderTerm implements RoleListener {
    /// [#term()] of a node that does not lead.
    public static final long NOT_LEADING = -1;

    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final TimestampAllocator allocator = new TimestampAllocator();
    private volatile long term = NOT_LEADING;

    public LeaderTerm(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void leads(long newTerm, long limitMillis) {
        lock.lock();
        try {
            allocator.lead(newTerm, limitMillis, ClockReading.of(clock));
            term = newTerm;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void follows(long newTerm) {
        lock.lock();
        try {
            term = NOT_LEADING;
            allocator.follow(newTerm);
        } finally {
            lock.unlock();
        }
    }

    /// The term in which this node leads, with everything of earlier terms applied.
    public long term() {
        return term;
    }

    public Allocation allocate(int count) {
        lock.lock();
        try {
            return allocator.allocate(count, ClockReading.of(clock));
        } finally {
            lock.unlock();
        }
    }

    public void limitRaised(long raisedTerm, long limitMillis) {
        lock.lock();
        try {
            allocator.limitRaised(raisedTerm, limitMillis);
        } finally {
            lock.unlock();
        }
    }
}
