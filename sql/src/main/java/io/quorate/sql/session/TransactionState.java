package io.quorate.sql.session;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.api.Session.TransactionStatus;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.ddl.SchemaManager;
import io.quorate.sql.ddl.SchemaPin;
import io.quorate.sql.ddl.SchemaTransaction;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Interruption;
import io.quorate.txn.api.Isolation;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager;
import io.quorate.txn.api.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The session's transaction: none, an implicit one that ends with the next sync, or an explicit one
/// from BEGIN to COMMIT. The transaction below begins with the first statement that needs it, as
/// PostgreSQL takes its snapshot then.
final class TransactionState {
    private final TransactionManager manager;
    private final SchemaManager schemas;
    private final Settings settings;
    private final Cursors cursors;
    private final Interruption interruption;
    private final List<Savepoint> savepoints = new ArrayList<>();
    private boolean explicit;
    private boolean implicit;
    private boolean failed;
    private boolean firstStatement;
    private @Nullable Transaction transaction;
    private @Nullable SchemaTransaction changes;
    private @Nullable SchemaPin pin;
    private @Nullable Schema schemaAtStart;
    private int hiddenRows;

    private record Savepoint(String name, int mark, @Nullable Schema working) {}

    TransactionState(
            TransactionManager manager,
            SchemaManager schemas,
            Settings settings,
            Cursors cursors,
            Interruption interruption) {
        this.interruption = interruption;
        this.cursors = cursors;
        this.manager = manager;
        this.schemas = schemas;
        this.settings = settings;
    }

    TransactionStatus status() {
        if (!explicit) {
            return TransactionStatus.IDLE;
        }
        return failed ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
    }

    boolean isExplicit() {
        return explicit;
    }

    /// Whether a statement may run now; 25P02 after an error.
    void requireUsable() {
        if (failed) {
            throw new QuorateException(
                    ErrorCode.IN_FAILED_SQL_TRANSACTION,
                    "current transaction is aborted, commands ignored until end of transaction block");
        }
    }

    /// BEGIN; false if there is one already. A running implicit transaction becomes explicit.
    boolean begin() {
        if (explicit) {
            return false;
        }
        if (!implicit) {
            settings.beginTransaction();
            settings.set("transaction_isolation", value("default_transaction_isolation"), true);
            settings.set("transaction_read_only", value("default_transaction_read_only"), true);
        }
        explicit = true;
        implicit = false;
        return true;
    }

    /// The schema to bind the next statement against: the transaction's own changes, what a
    /// REPEATABLE READ transaction began with, or the newest.
    Schema schema() {
        SchemaTransaction own = changes;
        Schema working = own == null ? null : own.working();
        if (working != null) {
            return working;
        }
        Schema fixed = schemaAtStart;
        if (fixed != null && transaction != null && isolation() == Isolation.REPEATABLE_READ) {
            return fixed;
        }
        return schemas.schema();
    }

    /// The transaction for a statement bound against `bound`, with a snapshot not older than that
    /// schema.
    Transaction forStatement(Schema bound) {
        Transaction open = transaction;
        if (open == null) {
            startImplicit();
            open = manager.begin(options(false, lockMode()), interruption);
            transaction = open;
            schemaAtStart = bound;
            firstStatement = true;
        }
        if (!firstStatement) {
            open.beginStatement();
        }
        firstStatement = false;
        return open;
    }

    /// A transaction for one statement alone, which this state does not keep.
    Transaction alone(LockMode mode) {
        // Only a statement without locks is checked as a whole and can run again at its commit.
        return manager.begin(options(mode == LockMode.OPTIMISTIC, mode), interruption);
    }

    /// Whether nothing ran yet, so that a statement may run alone.
    boolean isFresh() {
        return !explicit && !implicit && transaction == null;
    }

    LockMode lockMode() {
        return value("transaction_mode").equals("optimistic")
                ? LockMode.OPTIMISTIC
                : LockMode.PESSIMISTIC;
    }

    boolean isReadOnly() {
        return value(settingInEffect("transaction_read_only")).equals("on");
    }

    /// The transaction writes to a table as `bound` has it.
    void wrote(Schema bound, TableDescriptor table) {
        if (changes != null && changes.isOpen()) {
            return;
        }
        SchemaPin held = pin;
        if (held == null) {
            held = schemas.pin(bound);
            pin = held;
        }
        held.wrote(table);
    }

    /// The schema changes of this transaction.
    SchemaTransaction changes() {
        SchemaTransaction own = changes;
        if (own == null) {
            own = new SchemaTransaction(schemas, forStatement(schema()));
            changes = own;
            unpin();
        }
        return own;
    }

    boolean changesSchema() {
        return changes != null && changes.isOpen();
    }

    int nextHiddenRow() {
        return hiddenRows++;
    }

    boolean hasSnapshot() {
        return transaction != null;
    }

    void savepoint(String name) {
        Transaction open = forStatement(schema());
        SchemaTransaction own = changes;
        savepoints.add(new Savepoint(name, open.savepoint(), own == null ? null : own.working()));
    }

    void release(String name) {
        int index = indexOf(name);
        savepoints.subList(index, savepoints.size()).clear();
    }

    void rollbackTo(String name) {
        int index = indexOf(name);
        Savepoint savepoint = savepoints.get(index);
        savepoints.subList(index + 1, savepoints.size()).clear();
        Transaction open = Check.present(transaction, "a savepoint belongs to a transaction");
        open.rollbackTo(savepoint.mark());
        SchemaTransaction own = changes;
        if (own != null && own.isOpen()) {
            own.restore(savepoint.working());
        }
        failed = false;
        cursors.rollbackTo(index);
    }

    int savepointCount() {
        return savepoints.size();
    }

    boolean hasSavepoints() {
        return !savepoints.isEmpty();
    }

    /// Commits and forgets the transaction. False if it had failed, and so was rolled back.
    boolean commit() {
        if (failed) {
            rollback();
            return false;
        }
        Transaction open = transaction;
        SchemaTransaction own = changes;
        try {
            if (open != null) {
                if (own != null) {
                    own.beforeCommit();
                }
                open.commit(maxCommit());
            }
        } catch (QuorateException refused) {
            rollback();
            throw refused;
        }
        forget(true);
        if (own != null) {
            own.afterCommit();
        }
        return true;
    }

    void rollback() {
        Transaction open = transaction;
        SchemaTransaction own = changes;
        forget(false);
        if (open != null) {
            open.rollback();
        }
        if (own != null) {
            own.afterRollback();
        }
    }

    /// After an error: an implicit transaction is over; an explicit one waits for its end, or for
    /// ROLLBACK TO.
    void fail() {
        if (!explicit) {
            rollback();
            return;
        }
        failed = true;
        if (savepoints.isEmpty() && transaction != null) {
            // Nothing can revive it: let its locks go now.
            Transaction open = transaction;
            SchemaTransaction own = changes;
            transaction = null;
            changes = null;
            unpin();
            open.rollback();
            if (own != null) {
                own.afterRollback();
            }
        }
    }

    private Timestamp maxCommit() {
        SchemaPin held = pin;
        return held == null || changesSchema() ? Timestamp.MAX : schemas.maxCommit(held);
    }

    private void forget(boolean committed) {
        transaction = null;
        changes = null;
        schemaAtStart = null;
        savepoints.clear();
        explicit = false;
        implicit = false;
        failed = false;
        hiddenRows = 0;
        unpin();
        cursors.endTransaction(committed);
        settings.endTransaction(committed);
    }

    private void unpin() {
        SchemaPin held = pin;
        pin = null;
        if (held != null) {
            schemas.unpin(held);
        }
    }

    private void startImplicit() {
        if (!explicit && !implicit) {
            implicit = true;
            settings.beginTransaction();
        }
    }

    private TransactionOptions options(boolean autocommit, LockMode mode) {
        long lockTimeoutMillis = SettingDefinition.toMillis(value("lock_timeout"));
        return new TransactionOptions(
                isolation(), mode, isReadOnly(), autocommit, lockTimeoutMillis);
    }

    /// Outside of a transaction block the modes of the next transaction are the session's.
    String settingInEffect(String name) {
        boolean ofTransaction =
                name.equals("transaction_isolation") || name.equals("transaction_read_only");
        return ofTransaction && !explicit ? "default_" + name : name;
    }

    private Isolation isolation() {
        String level = value(settingInEffect("transaction_isolation"));
        return level.equals("repeatable read")
                ? Isolation.REPEATABLE_READ
                : Isolation.READ_COMMITTED;
    }

    private int indexOf(String name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new QuorateException(
                ErrorCode.INVALID_SAVEPOINT_SPECIFICATION,
                "savepoint \"" + name + "\" does not exist");
    }

    private String value(String setting) {
        return Check.present(settings.get(setting), "the setting is a known one");
    }
}
