package io.quorate.common.env;

/// Threads and waiting. Two kinds: virtual threads for straight-line code that may block, and a few
/// platform threads for loops. Code of Quorate never calls a timed wait of the JDK: it waits with
/// [#parkNanos], or with [Promise] and [Mailbox], which are made of it, so that a simulation decides
/// when the time has passed. Untimed waits of the JDK (locks, `LockSupport.park`) are fine, but never
/// under a monitor.
public interface Tasks {
    /// Starts a virtual thread. An uncaught [io.quorate.common.check.InvariantBroken] halts the node;
    /// any other uncaught throwable is logged.
    Task start(String name, Runnable body);

    /// Starts a platform thread for a loop that lives as long as its owner.
    Task startLoop(String name, Runnable body);

    /// Parks the calling thread until it is unparked or `nanos` have passed; may return early for no
    /// reason, as `LockSupport.parkNanos`.
    void parkNanos(long nanos);

    /// Waits that long; wakes early only if the node is stopped.
    void sleepNanos(long nanos);

    /// A started thread.
    interface Task {
        /// Waits for its end.
        void join();
    }
}
