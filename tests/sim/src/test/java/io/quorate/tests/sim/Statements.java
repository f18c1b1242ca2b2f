package io.quorate.tests.sim;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.txn.api.Isolation;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// How every client of transactions begins them, runs their statements and takes their errors.
final class Statements {
    /// A single statement, run again from its beginning on a conflict.
    static final TransactionOptions AUTOCOMMIT =
            options(Isolation.READ_COMMITTED, LockMode.PESSIMISTIC, true);

    static final TransactionOptions SNAPSHOT =
            options(Isolation.REPEATABLE_READ, LockMode.PESSIMISTIC, false);

    static final List<TransactionOptions> KINDS =
            List.of(
                    options(Isolation.READ_COMMITTED, LockMode.PESSIMISTIC, false),
                    SNAPSHOT,
                    options(Isolation.READ_COMMITTED, LockMode.OPTIMISTIC, false),
                    options(Isolation.REPEATABLE_READ, LockMode.OPTIMISTIC, false),
                    AUTOCOMMIT);

    private static final int TRIES_MAX = 10;

    /// After these a transaction certainly did nothing.
    private static final Set<ErrorCode> ABORTS =
            EnumSet.of(
                    ErrorCode.NEWER_ROW,
                    ErrorCode.SERIALIZATION_FAILURE,
                    ErrorCode.DEADLOCK_DETECTED,
                    ErrorCode.LOCK_NOT_AVAILABLE,
                    ErrorCode.CANNOT_CONNECT_NOW);

    private Statements() {}

    /// Runs a statement, again on a newer snapshot if a row is newer than the one it has.
    static void run(Transaction transaction, Runnable body) {
        transaction.beginStatement();
        for (int tries = 1; ; tries++) {
            try {
                body.run();
                transaction.endStatement();
                return;
            } catch (QuorateException error) {
                if (error.code() != ErrorCode.NEWER_ROW || tries == TRIES_MAX) {
                    throw error;
                }
                transaction.restartStatement();
            }
        }
    }

    static boolean isUnknown(QuorateException error) {
        return error.code() == ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN;
    }

    /// Throws if it is an error that no client should get here.
    static void checkAborted(QuorateException error) {
        if (!ABORTS.contains(error.code())) {
            throw new AssertionError("a client gets " + error.code(), error);
        }
    }

    private static TransactionOptions options(
            Isolation isolation, LockMode lockMode, boolean autocommit) {
        return new TransactionOptions(isolation, lockMode, false, autocommit, 0);
    }
}
