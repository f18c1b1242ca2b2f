package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.sim.SimRandom;
import io.quorate.tests.sim.BankBook.Told;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.LockedRow;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.WaitPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Moves money and counts it, on one node during one of its lives.
final class BankClient {
    private static final long AMOUNT_MAX = 10;

    private final Cluster.Node node;
    private final String name;
    private final SimRandom random;
    private final BankBook book;
    private int transfers;

    BankClient(Cluster.Node node, String name, SimRandom random, BankBook book) {
        this.node = node;
        this.name = name;
        this.random = random;
        this.book = book;
    }

    /// One transfer with its entry in the ledger; true if it committed.
    boolean transfer() {
        int from = random.nextInt(BankKeys.ACCOUNTS);
        int to = (from + 1 + random.nextInt(BankKeys.ACCOUNTS - 1)) % BankKeys.ACCOUNTS;
        Transfer transfer =
                new Transfer(name + "." + transfers++, from, to, random.between(1, AMOUNT_MAX));
        book.begins(transfer);
        Told told = carryOut(transfer);
        book.ends(transfer, told);
        return told instanceof Told.Committed;
    }

    /// Reads all accounts in one snapshot; true if it came to a total.
    boolean audit() {
        Transaction transaction = node.transactions().begin(Statements.SNAPSHOT);
        try {
            transaction.beginStatement();
            switch (random.nextInt(3)) {
                case 0 -> book.audited(totalByKey(transaction), "key by key");
                case 1 -> book.audited(totalAtOnce(transaction), "all keys at once");
                default -> book.audited(totalByScan(transaction), "by a scan");
            }
            return true;
        } catch (QuorateException error) {
            Statements.checkAborted(error);
            return false;
        } finally {
            transaction.rollback();
        }
    }

    private Told carryOut(Transfer transfer) {
        TransactionOptions options = Statements.KINDS.get(random.nextInt(Statements.KINDS.size()));
        Transaction transaction = node.transactions().begin(options);
        try {
            if (options.autocommit() || random.chance(0.5)) {
                Statements.run(transaction, () -> moveAtOnce(transaction, transfer));
            } else {
                Statements.run(
                        transaction, () -> add(transaction, transfer.from(), -transfer.amount()));
                Statements.run(
                        transaction, () -> add(transaction, transfer.to(), transfer.amount()));
                Statements.run(transaction, () -> note(transaction, transfer));
            }
            transaction.commit(Timestamp.MAX);
            return new Told.Committed();
        } catch (QuorateException error) {
            transaction.rollback();
            if (Statements.isUnknown(error)) {
                return new Told.Unknown(error.detail());
            }
            Statements.checkAborted(error);
            return new Told.Aborted();
        }
    }

    private static void moveAtOnce(Transaction transaction, Transfer transfer) {
        ByteSlice from = BankKeys.account(transfer.from());
        ByteSlice to = BankKeys.account(transfer.to());
        List<LockedRow> rows = transaction.lock(List.of(from, to), WaitPolicy.WAIT);
        put(transaction, from, rows.get(0).value(), -transfer.amount());
        put(transaction, to, rows.get(1).value(), transfer.amount());
        note(transaction, transfer);
    }

    private static void add(Transaction transaction, int account, long amount) {
        ByteSlice key = BankKeys.account(account);
        put(
                transaction,
                key,
                transaction.lock(List.of(key), WaitPolicy.WAIT).getFirst().value(),
                amount);
    }

    private static void put(
            Transaction transaction, ByteSlice key, @Nullable ByteSlice before, long amount) {
        transaction.put(key, BankKeys.number(BankKeys.numberOf(before) + amount));
    }

    private static void note(Transaction transaction, Transfer transfer) {
        transaction.put(BankKeys.ledger(transfer.id()), transfer.entry());
    }

    private long totalByKey(Transaction transaction) {
        long total = 0;
        for (ByteSlice key : BankKeys.accounts()) {
            total += BankKeys.numberOf(transaction.get(key));
            node.env().tasks().sleepNanos(random.between(1, 5_000_000));
        }
        return total;
    }

    private static long totalAtOnce(Transaction transaction) {
        return transaction.getAll(BankKeys.accounts()).values().stream()
                .mapToLong(BankKeys::numberOf)
                .sum();
    }

    private static long totalByScan(Transaction transaction) {
        long total = 0;
        try (Transaction.RowCursor rows = transaction.scan(BankKeys.accountRange(), false, 2)) {
            for (KeyValue row = rows.next(); row != null; row = rows.next()) {
                total += BankKeys.numberOf(row.value());
            }
        }
        return total;
    }
}
