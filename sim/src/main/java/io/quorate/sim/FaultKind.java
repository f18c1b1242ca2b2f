package io.quorate.sim;

/// The trouble that [Faults] makes. All of it lasts for a while and is then undone.
public enum FaultKind {
    /// The process of one machine ends and starts again.
    KILL,

    /// One machine loses its power, and with it what it had not synced.
    POWER_LOSS,

    /// All machines lose their power at once.
    POWER_LOSS_EVERYWHERE,

    /// One machine stands still.
    PAUSE,

    /// The machines fall into two sides.
    PARTITION,

    /// One machine is not heard by some of the others, whom it hears.
    ONE_WAY_CUT,

    /// Two machines lose each other, while both see the rest.
    BROKEN_LINK,

    /// Messages are lost, doubled and late on every link.
    BAD_NETWORK,

    /// The syncs of one machine take long.
    SLOW_DISK,

    /// Some syncs of one machine fail.
    SYNC_ERRORS,

    /// The wall clock of one machine jumps by up to an hour. Not undone.
    CLOCK_JUMP,

    /// The clocks of one machine run up to 10 % too fast or too slow.
    CLOCK_RATE
}
