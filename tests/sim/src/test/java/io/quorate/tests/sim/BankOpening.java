package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import java.util.List;

/// Splits the key space and fills the accounts, before any fault.
final class BankOpening {
    private static final long TIMEOUT_NANOS = 10_000_000_000L;
    private static final int TRIES_MAX = 20;

    private final Cluster.Node node;

    BankOpening(Cluster.Node node) {
        this.node = node;
    }

    void open() {
        BankKeys.BORDERS.forEach(border -> patiently(() -> split(border)));
        patiently(this::fill);
    }

    private void split(ByteSlice border) {
        if (startsRegion(border)) {
            return;
        }
        RegionId region = new RegionId(node.tso().meta().allocateIds(1));
        SendResult sent =
                node.router()
                        .send(
                                border,
                                TIMEOUT_NANOS,
                                header ->
                                        new RegionRequest.Split(
                                                header, List.of(border), List.of(region)));
        if (!startsRegion(border)) {
            throw new QuorateException(ErrorCode.CANNOT_CONNECT_NOW, "no split: " + sent);
        }
    }

    private boolean startsRegion(ByteSlice border) {
        return node.router()
                .regionsOf(new KeyRange(border, border.successor()))
                .getFirst()
                .range()
                .start()
                .equals(border);
    }

    private void fill() {
        Transaction transaction = node.transactions().begin(Statements.SNAPSHOT);
        transaction.beginStatement();
        BankKeys.accounts()
                .forEach(key -> transaction.put(key, BankKeys.number(BankKeys.OPENING_BALANCE)));
        transaction.endStatement();
        transaction.commit(Timestamp.MAX);
    }

    /// A cluster that has just started has no leaders yet.
    private void patiently(Runnable step) {
        for (int tries = 1; ; tries++) {
            try {
                step.run();
                return;
            } catch (QuorateException error) {
                if (tries == TRIES_MAX) {
                    throw error;
                }
                node.env().tasks().sleepNanos(200_000_000);
            }
        }
    }
}
