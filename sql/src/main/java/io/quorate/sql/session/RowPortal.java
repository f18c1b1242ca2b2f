package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.common.error.Retry;
import io.quorate.sql.api.Portal;
import io.quorate.sql.api.ResultColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.ddl.SchemaPin;
import io.quorate.sql.exec.Execution;
import io.quorate.sql.exec.ExecutionContext;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement that reads or changes rows. A query is pulled from as the client asks; a change is
/// carried out whole, and its rows are handed out afterwards, so that until then it can be run again.
final class RowPortal implements Portal {
    /// How often a statement runs again before its conflict is the user's.
    private static final int TRIES = 64;

    /// From this try on a statement that runs alone locks its rows before it changes them.
    private static final int OPTIMISTIC_TRIES = 2;

    private final SqlSession session;
    private final Services services;
    private final TransactionState transactions;
    private final CallEnvironment calls;
    private final StatementHandle handle;
    private final @Nullable Object[] parameters;
    private @Nullable PhysicalPlan plan;
    private @Nullable Execution query;
    private @Nullable ArrayDeque<@Nullable Object[]> changed;
    private long affected;
    private long given;
    private boolean done;

    RowPortal(
            SqlSession session,
            Services services,
            TransactionState transactions,
            CallEnvironment calls,
            StatementHandle handle,
            @Nullable Object[] parameters) {
        this.session = session;
        this.services = services;
        this.transactions = transactions;
        this.calls = calls;
        this.handle = handle;
        this.parameters = parameters;
    }

    @Override
    public List<ResultColumn> columns() {
        return handle.columns();
    }

    @Override
    public boolean returnsRows() {
        return handle.returnsRows();
    }

    @Override
    public Outcome execute(int rowsMax, RowSink sink) {
        session.beginRunning();
        try {
            if (plan == null) {
                begin();
            }
            return give(rowsMax, sink);
        } finally {
            session.endRunning();
        }
    }

    @Override
    public void close() {
        Execution open = query;
        query = null;
        if (open != null) {
            open.close();
        }
    }

    private void begin() {
        transactions.requireUsable();
        boolean mayRunAlone = session.takeSyncExpected() && transactions.isFresh();
        Schema schema = unblockedSchema();
        PhysicalPlan ready = session.planOf(handle, schema);
        if (ready.writes() && transactions.isReadOnly()) {
            throw new QuorateException(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute " + ready.kind() + " in a read-only transaction");
        }
        plan = ready;
        if (!ready.writes()) {
            boolean first = !transactions.hasSnapshot();
            Transaction transaction = transactions.forStatement(schema);
            calls.beginStatement(schema, first);
            query = ready.start(context(transaction, schema));
        } else if (mayRunAlone) {
            changeAlone();
        } else {
            changeInTransaction(schema, ready);
        }
    }

    /// The schema to bind against; where the statement writes to a table that is being changed, the
    /// one after the change.
    private Schema unblockedSchema() {
        Schema schema = transactions.schema();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            PhysicalPlan candidate = session.planOf(handle, schema);
            TableDescriptor blocked = null;
            for (TableDescriptor table : candidate.changedTables()) {
                blocked = table.writesBlocked() ? table : blocked;
            }
            if (blocked == null) {
                return schema;
            }
            services.ddl().awaitUnblocked(blocked);
            schema = transactions.schema();
        }
        throw new QuorateException(
                ErrorCode.LOCK_NOT_AVAILABLE, "the table's schema changes without end; try again");
    }

    /// Runs the statement in a transaction of its own, again if it meets a conflict.
    private void changeAlone() {
        for (int attempt = 0; ; attempt++) {
            Schema schema = unblockedSchema();
            PhysicalPlan ready = session.planOf(handle, schema);
            plan = ready;
            LockMode mode =
                    attempt < OPTIMISTIC_TRIES || transactions.lockMode() == LockMode.OPTIMISTIC
                            ? LockMode.OPTIMISTIC
                            : LockMode.PESSIMISTIC;
            SchemaPin pin = services.schemas().pin(schema);
            Transaction transaction = transactions.alone(mode);
            try {
                ready.changedTables().forEach(pin::wrote);
                calls.beginStatement(schema, true);
                carryOut(ready, context(transaction, schema));
                transaction.commit(services.schemas().maxCommit(pin));
                return;
            } catch (QuorateException error) {
                transaction.rollback();
                if (!isConflict(error) || attempt + 1 >= TRIES) {
                    throw error;
                }
            } catch (RuntimeException | Error broken) {
                transaction.rollback();
                throw broken;
            } finally {
                services.schemas().unpin(pin);
            }
        }
    }

    /// Runs the statement in the session's transaction; at READ COMMITTED again on a newer snapshot if
    /// it meets a newer row.
    private void changeInTransaction(Schema schema, PhysicalPlan ready) {
        boolean first = !transactions.hasSnapshot();
        Transaction transaction = transactions.forStatement(schema);
        calls.beginStatement(schema, first);
        ready.changedTables().forEach(table -> transactions.wrote(schema, table));
        for (int attempt = 0; ; attempt++) {
            try {
                carryOut(ready, context(transaction, schema));
                return;
            } catch (QuorateException error) {
                if (error.code() != ErrorCode.NEWER_ROW || attempt + 1 >= TRIES) {
                    throw error;
                }
                transaction.restartStatement();
            }
        }
    }

    private static boolean isConflict(QuorateException error) {
        return error.code() == ErrorCode.NEWER_ROW
                || (error.code().retry() == Retry.TRANSACTION
                        && error.code() == ErrorCode.SERIALIZATION_FAILURE);
    }

    private void carryOut(PhysicalPlan ready, ExecutionContext context) {
        ArrayDeque<@Nullable Object[]> rows = new ArrayDeque<>();
        try (Execution execution = ready.start(context)) {
            for (@Nullable Object[] row = execution.next(); row != null; row = execution.next()) {
                rows.add(row);
            }
            affected = execution.affectedRows();
        }
        context.transaction().endStatement();
        changed = rows;
    }

    private Outcome give(int rowsMax, RowSink sink) {
        int left = rowsMax > 0 ? rowsMax : Integer.MAX_VALUE;
        while (left > 0 && !done) {
            @Nullable Object[] row = nextRow();
            if (row == null) {
                done = true;
            } else {
                sink.row(row);
                given++;
                left--;
            }
        }
        return done ? new Outcome.Complete(tag()) : new Outcome.Suspended();
    }

    private @Nullable Object @Nullable [] nextRow() {
        ArrayDeque<@Nullable Object[]> rows = changed;
        if (rows != null) {
            return rows.poll();
        }
        Execution open = query;
        return open == null ? null : open.next();
    }

    private String tag() {
        PhysicalPlan ready = plan;
        if (ready == null) {
            throw new IllegalStateException("a portal has a plan once it runs");
        }
        return switch (ready.kind()) {
            case SELECT -> "SELECT " + given;
            case INSERT -> "INSERT 0 " + affected;
            case UPDATE -> "UPDATE " + affected;
            case DELETE -> "DELETE " + affected;
        };
    }

    private ExecutionContext context(Transaction transaction, Schema schema) {
        return new ExecutionContext(
                transaction,
                parameters,
                calls,
                session.systemContext(schema),
                transactions::nextHiddenRow,
                session::isCancelled,
                services.heldRowsMax());
    }
}
