package io.quorate.tests.sim;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.api.Portal;
import io.quorate.sql.api.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements in a session of their own, as the wire protocol would carry them out.
final class SqlConversation implements AutoCloseable {
    private final Session session;

    SqlConversation(Session session) {
        this.session = session;
    }

    /// Carries out one statement and returns its rows; after an error the session is at its sync
    /// point, perhaps in a failed transaction.
    List<@Nullable Object[]> execute(String sql) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Portal portal =
                session.bind(session.prepare(sql, new int[0]), List.of(), new boolean[0])) {
            session.expectSync();
            portal.execute(0, rows::add);
        } catch (QuorateException error) {
            session.fail();
            session.sync();
            throw error;
        }
        session.sync();
        return rows;
    }

    /// Leaves the transaction, if there is one.
    void rollback() {
        if (session.transactionStatus() != Session.TransactionStatus.IDLE) {
            execute("ROLLBACK");
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
