package io.quorate.raftstore;

/// Faults built in on purpose, so that a test can prove that it would notice them. All off outside
/// of such tests.
///
/// @param skipLogSync acknowledge what was written to the log without syncing it
public record FaultSwitches(boolean skipLogSync) {
    public static final FaultSwitches NONE = new FaultSwitches(false);
}
