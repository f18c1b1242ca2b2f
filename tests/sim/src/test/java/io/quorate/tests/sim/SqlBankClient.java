package io.quorate.tests.sim;

import io.quorate.common.error.QuorateException;
import io.quorate.sim.SimRandom;
import io.quorate.tests.sim.BankBook.Told;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Moves money and counts it in SQL, in one session of one node.
final class SqlBankClient {
    private static final long AMOUNT_MAX = 10;
    private static final List<String> BEGINNINGS =
            List.of("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ");

    private final SqlConversation sql;
    private final String name;
    private final SimRandom random;
    private final BankBook book;
    private int transfers;

    SqlBankClient(SqlConversation sql, String name, SimRandom random, BankBook book) {
        this.sql = sql;
        this.name = name;
        this.random = random;
        this.book = book;
    }

    /// Makes the tables and fills them.
    void open() {
        sql.execute("CREATE TABLE account (id INT PRIMARY KEY, balance BIGINT NOT NULL)");
        sql.execute(
                "CREATE TABLE ledger (id TEXT PRIMARY KEY, debit INT NOT NULL,"
                        + " credit INT NOT NULL, amount BIGINT NOT NULL)");
        sql.execute("ALTER TABLE account SPLIT AT (3), (6)");
        for (int account = 0; account < BankKeys.ACCOUNTS; account++) {
            sql.execute(
                    "INSERT INTO account VALUES ("
                            + account
                            + ", "
                            + BankKeys.OPENING_BALANCE
                            + ")");
        }
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

    /// Adds all accounts up in one statement, or in two of one snapshot; true if it came to a total.
    boolean audit() {
        try {
            if (random.chance(0.5)) {
                book.audited(sum("SELECT sum(balance)::bigint FROM account"), "in one statement");
            } else {
                sql.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
                long low = sum("SELECT sum(balance)::bigint FROM account WHERE id < 4");
                long high = sum("SELECT sum(balance)::bigint FROM account WHERE id >= 4");
                book.audited(low + high, "in two statements");
                sql.execute("COMMIT");
            }
            return true;
        } catch (QuorateException error) {
            Statements.checkAborted(error);
            sql.rollback();
            return false;
        }
    }

    SortedMap<String, Transfer> ledger() {
        SortedMap<String, Transfer> ledger = new TreeMap<>();
        for (@Nullable Object[] row : sql.execute("SELECT id, debit, credit, amount FROM ledger")) {
            String id = String.valueOf(row[0]);
            ledger.put(
                    id,
                    new Transfer(
                            id,
                            Math.toIntExact(number(row[1])),
                            Math.toIntExact(number(row[2])),
                            number(row[3])));
        }
        return ledger;
    }

    Map<Integer, Long> balances() {
        SortedMap<Integer, Long> balances = new TreeMap<>();
        for (@Nullable Object[] row : sql.execute("SELECT id, balance FROM account")) {
            balances.put(Math.toIntExact(number(row[0])), number(row[1]));
        }
        return balances;
    }

    private Told carryOut(Transfer transfer) {
        try {
            sql.execute(BEGINNINGS.get(random.nextInt(BEGINNINGS.size())));
            add(transfer.from(), -transfer.amount());
            add(transfer.to(), transfer.amount());
            sql.execute(
                    "INSERT INTO ledger VALUES ('%s', %d, %d, %d)"
                            .formatted(
                                    transfer.id(),
                                    transfer.from(),
                                    transfer.to(),
                                    transfer.amount()));
            sql.execute("COMMIT");
            return new Told.Committed();
        } catch (QuorateException error) {
            sql.rollback();
            if (Statements.isUnknown(error)) {
                return new Told.Unknown(null);
            }
            Statements.checkAborted(error);
            return new Told.Aborted();
        }
    }

    private void add(int account, long amount) {
        sql.execute(
                "UPDATE account SET balance = balance + (%d) WHERE id = %d"
                        .formatted(amount, account));
    }

    private long sum(String query) {
        return number(sql.execute(query).getFirst()[0]);
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }
}
