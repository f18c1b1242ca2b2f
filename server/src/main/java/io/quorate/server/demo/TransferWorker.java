package io.quorate.server.demo;

import io.quorate.server.demo.TransferLog.Fate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/// One client of the bank: moves money until the run is over, and notes what it was told.
final class TransferWorker implements Runnable {
    private static final long AMOUNT_MAX = 20;

    private final Bank bank;
    private final Pools pools;
    private final TransferLog log;
    private final Settlement settlement;
    private final Tally tally;
    private final Findings unexpected;
    private final RunClock clock;
    private long nextId;

    TransferWorker(
            int number,
            Bank bank,
            Pools pools,
            TransferLog log,
            Tally tally,
            Findings unexpected,
            RunClock clock) {
        this.bank = bank;
        this.pools = pools;
        this.log = log;
        this.tally = tally;
        this.unexpected = unexpected;
        this.clock = clock;
        settlement = new Settlement(bank, pools, log);
        nextId = number * Bank.IDS_PER_WORKER;
    }

    @Override
    public void run() {
        while (!clock.isOver()) {
            Transfer transfer = nextTransfer();
            Fate fate = attempt(transfer);
            log.record(transfer, fate);
            switch (fate) {
                case ACKNOWLEDGED -> tally.transfers.increment();
                case UNKNOWN -> {
                    tally.unknownOutcomes.increment();
                    settlement.settle(transfer);
                }
                case FAILED, FOUND, VOIDED -> tally.retries.increment();
            }
        }
    }

    private Transfer nextTransfer() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long source = random.nextLong(bank.accounts());
        long target = (source + 1 + random.nextLong(bank.accounts() - 1)) % bank.accounts();
        return new Transfer(nextId++, source, target, 1 + random.nextLong(AMOUNT_MAX));
    }

    /// Up to COMMIT every error means that the transfer did not happen; from then on only some do. The
    /// pool rolls back what was left open, and an error of that changes no fate.
    private Fate attempt(Transfer transfer) {
        int node = pools.pickNode();
        Fate fate = Fate.FAILED;
        try (Connection connection = pools.connect(node)) {
            bank.transfer(connection, transfer, transfer.id() % 2 == 0);
            fate = commit(node, connection);
        } catch (SQLException e) {
            note(node, e);
        }
        return fate;
    }

    private Fate commit(int node, Connection connection) {
        try {
            connection.commit();
            return Fate.ACKNOWLEDGED;
        } catch (SQLException e) {
            note(node, e);
            return SqlStates.isRefusedCommit(e) ? Fate.FAILED : Fate.UNKNOWN;
        }
    }

    private void note(int node, SQLException error) {
        if (SqlStates.isConflict(error)) {
            tally.conflicts.increment();
        } else if (SqlStates.isUnavailable(error)) {
            tally.connectionFailures.increment();
            pools.avoidIfUnavailable(node, error);
        } else {
            unexpected.add(error.getSQLState() + " " + error.getMessage());
        }
    }
}
