package io.quorate.txn.api;

/// Ways to break the protocol on purpose, so that a demonstration or a test can show what each rule is
/// for. Nothing but demonstrations and tests builds anything but [#NONE].
///
/// @param readLatest reads ignore their snapshot and see whatever is newest at that moment: sums over
///     several rows no longer add up
/// @param lostSecondary only the primary key of a commit is written, everything else is forgotten: a
///     transfer takes money and gives it to nobody
public record TxnFaults(boolean readLatest, boolean lostSecondary) {
    public static final TxnFaults NONE = new TxnFaults(false, false);
}
