package io.quorate.server.demo;

import io.quorate.server.demo.Bank.Balances;
import java.sql.Connection;
import java.sql.SQLException;

/// Adds up all balances, over and over, each time in one REPEATABLE READ snapshot through some node.
final class Auditor implements Runnable {
    private final Bank bank;
    private final Pools pools;
    private final Tally tally;
    private final Findings wrongTotals;
    private final Findings unexpected;
    private final RunClock clock;
    private volatile long lastTotal;

    Auditor(
            Bank bank,
            Pools pools,
            Tally tally,
            Findings wrongTotals,
            Findings unexpected,
            RunClock clock) {
        this.bank = bank;
        this.pools = pools;
        this.tally = tally;
        this.wrongTotals = wrongTotals;
        this.unexpected = unexpected;
        this.clock = clock;
        lastTotal = bank.total();
    }

    @Override
    public void run() {
        while (!clock.isOver()) {
            auditOnce(pools.pickNode());
        }
    }

    private void auditOnce(int node) {
        try (Connection connection = pools.connect(node)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            judge(bank.audit(connection));
        } catch (SQLException e) {
            pools.avoidIfUnavailable(node, e);
            if (!SqlStates.isConflict(e) && !SqlStates.isUnavailable(e)) {
                unexpected.add("audit: " + e.getSQLState() + " " + e.getMessage());
            }
        }
    }

    private void judge(Balances seen) {
        tally.audits.increment();
        lastTotal = seen.sum();
        if (seen.sum() != bank.total() || seen.count() != bank.accounts()) {
            wrongTotals.add(
                    "%d in %d accounts instead of %d in %d"
                            .formatted(seen.sum(), seen.count(), bank.total(), bank.accounts()));
        }
    }

    /// The total that it saw last.
    long lastTotal() {
        return lastTotal;
    }
}
