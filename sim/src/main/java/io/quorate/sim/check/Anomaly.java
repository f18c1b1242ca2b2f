package io.quorate.sim.check;

/// Something that a serializable system never shows (or, if [#realTime], a strictly serializable one).
///
/// @param kind its name in the literature (Adya; Kingsbury and Alvaro, "Elle", 2020)
/// @param realTime the contradiction is with what had ended before something else began
/// @param description the transactions involved and how they depend on each other
public record Anomaly(Kind kind, boolean realTime, String description) {
    public enum Kind {
        /// A value was read that nobody had appended.
        UNKNOWN_VALUE,

        /// A value stood twice in a list.
        DUPLICATE,

        /// Two reads of a list, neither the beginning of the other.
        INCOMPATIBLE_ORDER,

        /// A transaction did not see its own earlier steps.
        INTERNAL,

        /// G1a: a value was read whose transaction had aborted.
        G1A,

        /// G1b: a list was read between two appends of one transaction.
        G1B,

        /// Two transactions read a list in the same state and both appended to it.
        LOST_UPDATE,

        /// G0: a cycle of overwritten writes.
        G0,

        /// G1c: a cycle of writes overwritten and writes read.
        G1C,

        /// G-single: a cycle with one read that was overwritten.
        G_SINGLE,

        /// G2-item: a cycle with several reads that were overwritten.
        G2_ITEM
    }
}
