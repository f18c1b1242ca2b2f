package io.quorate.sql.api;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One connection's conversation. Used by one thread at a time, save [#cancel].
///
/// Statements outside BEGIN run in an implicit transaction that lasts until [#sync] (as PostgreSQL's
/// extended protocol has it) or until the end of a script. Every method may throw
/// [io.quorate.common.error.QuorateException]; the caller then reports it and calls [#fail].
public interface Session extends AutoCloseable {
    /// The number a client cancels by; also `pg_backend_pid()`.
    int processId();

    /// The settings that clients are told of, with their values now.
    Map<String, String> reportedSettings();

    /// Cuts a script into statements; syntax errors of any of them are thrown here. Empty if there
    /// is nothing but blanks and comments.
    List<ScriptStatement> parseScript(String sql);

    /// Plans one statement. `parameterTypes` are the declared type OIDs, 0 or missing where the
    /// statement decides. An empty statement is fine; two statements are a SYNTAX_ERROR.
    Prepared prepare(String sql, int[] parameterTypes);

    /// Plans one statement of a script.
    Prepared prepare(ScriptStatement statement);

    /// Makes a portal that can be executed. `binary` says of each value whether it is in the type's
    /// binary form; null values are SQL's NULL.
    Portal bind(Prepared prepared, List<@Nullable ByteSlice> values, boolean[] binary);

    /// Says that the statement executed next is the last before [#sync]: outside BEGIN it may then
    /// commit as part of its execution, and be run again on a conflict.
    void expectSync();

    /// Ends the implicit transaction: commits it if all went well since it began.
    void sync();

    /// Marks the transaction as failed after an error; an implicit one is rolled back now.
    void fail();

    TransactionStatus transactionStatus();

    /// Ends whatever statement runs now with QUERY_CANCELED. From any thread; does nothing when idle.
    void cancel();

    /// Notices raised since the last call, to be sent before the reply they belong to.
    List<Notice> takeNotices();

    @Override
    void close();

    /// What ReadyForQuery says.
    enum TransactionStatus {
        IDLE,
        IN_TRANSACTION,
        FAILED
    }

    /// A statement of a script, with its own text.
    interface ScriptStatement {
        String text();
    }

    record Notice(
            String severity,
            String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint) {}
}
