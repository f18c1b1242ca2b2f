package io.quorate.server.demo;

import io.quorate.server.demo.TransferLog.Fate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Finds out what became of a transfer whose COMMIT was not answered.
///
/// To look for its row is not enough: a row that is not there yet may come. So its id is taken with a
/// void row. If the id was free, the transfer cannot happen any more; if it was not, the row that is
/// there tells what happened.
final class Settlement {
    private static final long PATIENCE_SECONDS = 60;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Bank bank;
    private final Pools pools;
    private final TransferLog log;

    Settlement(Bank bank, Pools pools, TransferLog log) {
        this.bank = bank;
        this.pools = pools;
        this.log = log;
    }

    /// Asks the nodes in turn until one knows; leaves the transfer [Fate#UNKNOWN] if none does within
    /// a minute.
    void settle(Transfer transfer) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < deadline) {
            int node = pools.pickNode();
            try (Connection connection = pools.connect(node)) {
                log.record(transfer, ask(connection, transfer));
                return;
            } catch (SQLException e) {
                pools.avoidIfUnavailable(node, e);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private Fate ask(Connection connection, Transfer transfer) throws SQLException {
        try {
            bank.insertVoid(connection, transfer);
            return Fate.VOIDED;
        } catch (SQLException e) {
            connection.rollback();
            if (!SqlStates.isUniqueViolation(e)) {
                throw e;
            }
        }
        return read(connection, transfer.id());
    }

    private static Fate read(Connection connection, long id) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(Bank.ledgerRow(id))) {
            if (!rows.next()) {
                throw new IllegalStateException(
                        "the id " + id + " is taken in the ledger, but its row is not there");
            }
            Fate fate = rows.getLong(1) == 0 ? Fate.VOIDED : Fate.FOUND;
            connection.commit();
            return fate;
        }
    }
}
