package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.region.api.RegionRequest;
import io.quorate.sim.SimWorld;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager.Outcome;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Judges the bank after all faults are over and all clients have stopped: reads everything, settles
/// what dead clients left, and compares it with what clients were told.
final class BankClosing {
    private static final long TIMEOUT_NANOS = 10_000_000_000L;
    private static final int LOCKS_MAX = 1_000;

    /// So long a decided transaction may take to clear its last locks away.
    private static final int CLEANING_SECONDS_MAX = 30;

    private final SimWorld world;
    private final Cluster.Node node;

    BankClosing(SimWorld world, Cluster.Node node) {
        this.world = world;
        this.node = node;
    }

    void judge(BankBook book) {
        Map<String, Transfer> ledger = world.call(node.env(), this::ledger);
        book.judge(ledger, world.call(node.env(), this::balances));
        book.tokens()
                .forEach((id, token) ->
                        assertThat(world.call(node.env(), () -> outcome(token)))
                                .as("the outcome of %s by its token", id)
                                .isEqualTo(
                                        ledger.containsKey(id)
                                                ? Outcome.COMMITTED
                                                : Outcome.ABORTED));
        world.run(node.env(), this::lockAll);
        assertThat(world.call(node.env(), this::locksLeft)).as("locks left").isEmpty();
    }

    private SortedMap<String, Transfer> ledger() {
        SortedMap<String, Transfer> ledger = new TreeMap<>();
        Transaction transaction = begin();
        try (Transaction.RowCursor rows = transaction.scan(BankKeys.LEDGER, false, 0)) {
            for (KeyValue row = rows.next(); row != null; row = rows.next()) {
                String id = BankKeys.ledgerId(row.key());
                ledger.put(id, Transfer.of(id, row.value()));
            }
        }
        transaction.rollback();
        return ledger;
    }

    private SortedMap<Integer, Long> balances() {
        SortedMap<Integer, Long> balances = new TreeMap<>();
        Transaction transaction = begin();
        for (int account = 0; account < BankKeys.ACCOUNTS; account++) {
            balances.put(account, BankKeys.numberOf(transaction.get(BankKeys.account(account))));
        }
        transaction.rollback();
        return balances;
    }

    private Outcome outcome(String token) {
        Outcome outcome = node.transactions().outcome(token);
        while (outcome == Outcome.IN_PROGRESS) {
            node.env().tasks().sleepNanos(500_000_000);
            outcome = node.transactions().outcome(token);
        }
        return outcome;
    }

    /// Readers pass over pessimistic locks: only who wants to lock the keys too settles those of dead
    /// clients.
    private void lockAll() {
        List<ByteSlice> keys = new ArrayList<>(BankKeys.accounts());
        keys.addAll(BankKeys.registers());
        Transaction transaction = begin();
        transaction.lock(keys, WaitPolicy.WAIT);
        transaction.rollback();
    }

    private List<LockInfo> locksLeft() {
        List<LockInfo> left = locks();
        for (int second = 0; second < CLEANING_SECONDS_MAX && !left.isEmpty(); second++) {
            node.env().tasks().sleepNanos(1_000_000_000);
            left = locks();
        }
        return left;
    }

    private List<LockInfo> locks() {
        List<LockInfo> locks = new ArrayList<>();
        for (RegionDescriptor region : node.router().regionsOf(KeyRange.ALL)) {
            SendResult sent =
                    node.router()
                            .send(
                                    region.range().start(),
                                    TIMEOUT_NANOS,
                                    header ->
                                            new RegionRequest.ScanLocks(
                                                    header,
                                                    region.range(),
                                                    Timestamp.MAX,
                                                    LOCKS_MAX));
            if (!(sent
                    instanceof SendResult.Answered(RegionReply.Locks(_, List<LockInfo> found)))) {
                throw new AssertionError("no locks of " + region + ": " + sent);
            }
            locks.addAll(found);
        }
        return locks;
    }

    private Transaction begin() {
        Transaction transaction = node.transactions().begin(Statements.SNAPSHOT);
        transaction.beginStatement();
        return transaction;
    }
}
