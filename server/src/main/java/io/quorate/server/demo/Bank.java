package io.quorate.server.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The bank's two tables and the statements on them.
///
/// `bank_account` holds the balances and is split so that the two accounts of a transfer mostly lie in
/// different regions with different leaders: each transfer is a two-phase commit. `bank_ledger` has
/// one row for each transfer.
final class Bank {
    static final long OPENING_BALANCE = 1_000;

    /// Ids of one worker's transfers lie together, from its number times this.
    static final long IDS_PER_WORKER = 1_000_000_000L;

    private static final int ACCOUNTS_PER_REGION = 2;
    private static final int REGIONS_MAX = 8;
    private static final int FETCH_ROWS = 5_000;

    private static final String UPDATE_BY =
            "UPDATE bank_account SET balance = balance + ? WHERE id = ?";
    private static final String UPDATE_TO = "UPDATE bank_account SET balance = ? WHERE id = ?";

    private final int accounts;
    private final int workers;

    Bank(int accounts, int workers) {
        this.accounts = accounts;
        this.workers = workers;
    }

    int accounts() {
        return accounts;
    }

    /// What all balances add up to, always.
    long total() {
        return accounts * OPENING_BALANCE;
    }

    /// Makes the tables anew and spreads them over the nodes.
    void create(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bank_account");
            statement.execute("DROP TABLE IF EXISTS bank_ledger");
            statement.execute(
                    "CREATE TABLE bank_account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
            statement.execute(
                    "CREATE TABLE bank_ledger (id BIGINT PRIMARY KEY, source BIGINT NOT NULL,"
                            + " target BIGINT NOT NULL, amount BIGINT NOT NULL)");
            statement.execute("INSERT INTO bank_account VALUES " + openingRows());
            split(statement, "bank_account", accountSplits());
            split(statement, "bank_ledger", LongStream.of(workers / 2 * IDS_PER_WORKER));
        }
    }

    private String openingRows() {
        return LongStream.range(0, accounts)
                .mapToObj(id -> "(" + id + ", " + OPENING_BALANCE + ")")
                .collect(Collectors.joining(", "));
    }

    private LongStream accountSplits() {
        int regions = Math.clamp(accounts / ACCOUNTS_PER_REGION, 1, REGIONS_MAX);
        return LongStream.range(1, regions).map(region -> region * accounts / regions);
    }

    private static void split(Statement statement, String table, LongStream keys)
            throws SQLException {
        String points = keys.mapToObj(key -> "(" + key + ")").collect(Collectors.joining(", "));
        if (!points.isEmpty()) {
            statement.execute("ALTER TABLE " + table + " SPLIT AT " + points);
        }
        statement.execute("ALTER TABLE " + table + " SCATTER");
    }

    /// Everything of a transfer but its COMMIT: the row in the ledger and both balances, reading and
    /// writing the rows by turns or in one statement each.
    void transfer(Connection connection, Transfer transfer, boolean readFirst) throws SQLException {
        if (readFirst) {
            transferReadFirst(connection, transfer);
        } else {
            update(connection, UPDATE_BY, -transfer.amount(), transfer.source());
            update(connection, UPDATE_BY, transfer.amount(), transfer.target());
        }
        insert(connection, transfer);
    }

    private void transferReadFirst(Connection connection, Transfer transfer) throws SQLException {
        long sourceBalance = balanceForUpdate(connection, transfer.source());
        long targetBalance = balanceForUpdate(connection, transfer.target());
        update(connection, UPDATE_TO, sourceBalance - transfer.amount(), transfer.source());
        update(connection, UPDATE_TO, targetBalance + transfer.amount(), transfer.target());
    }

    private static long balanceForUpdate(Connection connection, long account) throws SQLException {
        try (PreparedStatement read =
                connection.prepareStatement(
                        "SELECT balance FROM bank_account WHERE id = ? FOR UPDATE")) {
            read.setLong(1, account);
            try (ResultSet rows = read.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("account " + account + " is gone");
                }
                return rows.getLong(1);
            }
        }
    }

    private static void update(Connection connection, String sql, long value, long account)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, value);
            update.setLong(2, account);
            int changed = update.executeUpdate();
            if (changed != 1) {
                throw new IllegalStateException(
                        "an update of account " + account + " changed " + changed + " rows");
            }
        }
    }

    private static void insert(Connection connection, Transfer transfer) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO bank_ledger VALUES (?, ?, ?, ?)")) {
            insert.setLong(1, transfer.id());
            insert.setLong(2, transfer.source());
            insert.setLong(3, transfer.target());
            insert.setLong(4, transfer.amount());
            insert.executeUpdate();
        }
    }

    /// Takes the transfer's id in the ledger for a row that moves nothing and commits: the transfer,
    /// if it is still on its way, then cannot happen any more. Fails with 23505 if it has happened.
    void insertVoid(Connection connection, Transfer transfer) throws SQLException {
        insert(connection, new Transfer(transfer.id(), transfer.source(), transfer.target(), 0));
        connection.commit();
    }

    /// The balances that a snapshot shows, read in two statements: it has to hold over both.
    Balances audit(Connection connection) throws SQLException {
        long half = accounts / 2;
        Balances low = balances(connection, "WHERE id < " + half);
        Balances high = balances(connection, "WHERE id >= " + half);
        connection.commit();
        return new Balances(low.count() + high.count(), low.sum() + high.sum());
    }

    private static Balances balances(Connection connection, String where) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT count(*), coalesce(sum(balance), 0) FROM bank_account "
                                        + where)) {
            rows.next();
            return new Balances(rows.getLong(1), rows.getLong(2));
        }
    }

    /// How many accounts there are and what they hold together.
    record Balances(long count, long sum) {}

    /// Each account's balance, by id.
    List<Long> allBalances(Connection connection) throws SQLException {
        List<Long> balances = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT balance FROM bank_account ORDER BY id")) {
            while (rows.next()) {
                balances.add(rows.getLong(1));
            }
        }
        connection.commit();
        return balances;
    }

    /// The whole ledger, by id.
    List<Transfer> ledger(Connection connection) throws SQLException {
        List<Transfer> transfers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT id, source, target, amount FROM bank_ledger ORDER BY id")) {
                while (rows.next()) {
                    transfers.add(row(rows));
                }
            }
        }
        connection.commit();
        return transfers;
    }

    private static Transfer row(ResultSet rows) throws SQLException {
        return new Transfer(rows.getLong(1), rows.getLong(2), rows.getLong(3), rows.getLong(4));
    }

    /// A query that finds the transfer's row in the ledger.
    static String ledgerRow(long id) {
        return "SELECT amount FROM bank_ledger WHERE id = " + id;
    }
}
