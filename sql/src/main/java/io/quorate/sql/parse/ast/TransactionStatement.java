package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements that bound transactions.
public sealed interface TransactionStatement extends Statement {
    /// BEGIN or START TRANSACTION.
    ///
    /// @param start START TRANSACTION, which has a command tag of its own
    record Begin(boolean start, Modes modes, int position) implements TransactionStatement {}

    record Commit(boolean chain, int position) implements TransactionStatement {}

    record Rollback(boolean chain, int position) implements TransactionStatement {}

    record Savepoint(Name name, int position) implements TransactionStatement {}

    record Release(Name name, int position) implements TransactionStatement {}

    record RollbackTo(Name name, int position) implements TransactionStatement {}

    /// `SET TRANSACTION …`, or, for the session, `SET SESSION CHARACTERISTICS AS TRANSACTION …`.
    record SetTransaction(boolean session, Modes modes, int position)
            implements TransactionStatement {}

    /// `SET TRANSACTION SNAPSHOT 'id'`.
    record SetSnapshot(String snapshot, int position) implements TransactionStatement {}

    /// PREPARE TRANSACTION, COMMIT PREPARED, ROLLBACK PREPARED.
    record TwoPhase(TwoPhaseKind kind, String identifier, int position)
            implements TransactionStatement {}

    enum TwoPhaseKind {
        PREPARE,
        COMMIT_PREPARED,
        ROLLBACK_PREPARED
    }

    /// `SET CONSTRAINTS {ALL|a, b} {DEFERRED|IMMEDIATE}`.
    ///
    /// @param names empty for ALL
    record SetConstraints(List<QualifiedName> names, boolean deferred, int position)
            implements TransactionStatement {
        public SetConstraints {
            names = List.copyOf(names);
        }
    }

    /// What was written; null where nothing was.
    record Modes(
            @Nullable Isolation isolation,
            @Nullable Boolean readOnly,
            @Nullable Boolean deferrable) {
        public static final Modes NONE = new Modes(null, null, null);
    }

    enum Isolation {
        READ_UNCOMMITTED,
        READ_COMMITTED,
        REPEATABLE_READ,
        SERIALIZABLE;

        /// As `SHOW transaction_isolation` says it.
        public String sql() {
            return switch (this) {
                case READ_UNCOMMITTED -> "read uncommitted";
                case READ_COMMITTED -> "read committed";
                case REPEATABLE_READ -> "repeatable read";
                case SERIALIZABLE -> "serializable";
            };
        }
    }
}
