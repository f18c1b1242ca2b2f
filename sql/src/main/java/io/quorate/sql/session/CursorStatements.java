package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.api.Portal;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.UtilityStatement;
import io.quorate.sql.session.Cursors.Cursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// DECLARE, FETCH, MOVE and CLOSE.
final class CursorStatements {
    private final SqlSession session;
    private final TransactionState transactions;
    private final Cursors cursors;

    CursorStatements(SqlSession session, TransactionState transactions, Cursors cursors) {
        this.session = session;
        this.transactions = transactions;
        this.cursors = cursors;
    }

    String declare(UtilityStatement.DeclareCursor declare) {
        refuseUnsupported(declare);
        String name = declare.name().text();
        if (!declare.hold() && !transactions.isExplicit()) {
            throw new QuorateException(
                    ErrorCode.NO_ACTIVE_SQL_TRANSACTION,
                    "DECLARE CURSOR can only be used in transaction blocks");
        }
        cursors.requireFree(name);
        StatementHandle statement = session.prepare(name, declare.query(), List.of());
        List<@Nullable Object[]> rows = new ArrayList<>();
        try (Portal portal = session.portal(statement, new Object[0])) {
            portal.execute(0, rows::add);
        }
        cursors.declare(
                name,
                statement,
                rows,
                Boolean.FALSE.equals(declare.scroll()),
                declare.hold(),
                transactions.savepointCount());
        return "DECLARE CURSOR";
    }

    private static void refuseUnsupported(UtilityStatement.DeclareCursor declare) {
        if (declare.binary()) {
            throw Utilities.unsupported("a BINARY cursor", declare.position());
        }
        Query query = declare.query();
        if (query.locking().isEmpty()) {
            return;
        }
        String strength = query.locking().getFirst().strength().name().replace('_', ' ');
        boolean scroll = Boolean.TRUE.equals(declare.scroll());
        if (declare.hold() || scroll) {
            throw new QuorateException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            (declare.hold()
                                            ? "DECLARE CURSOR WITH HOLD ... FOR "
                                            : "DECLARE SCROLL CURSOR ... FOR ")
                                    + strength
                                    + " is not supported")
                    .withDetail(
                            declare.hold()
                                    ? "Holdable cursors must be READ ONLY."
                                    : "Scrollable cursors must be READ ONLY.");
        }
    }

    UtilityResult fetch(UtilityStatement.Fetch fetch) {
        Cursor cursor = cursors.require(fetch.cursor().text());
        List<@Nullable Object[]> rows = cursor.fetch(fetch.direction(), fetch.count());
        return fetch.move()
                ? new UtilityResult.Done("MOVE " + rows.size())
                : new UtilityResult.Rows(rows, "FETCH " + rows.size());
    }

    /// What FETCH returns; null for MOVE.
    @Nullable StatementHandle statementOf(UtilityStatement.Fetch fetch) {
        return fetch.move() ? null : cursors.require(fetch.cursor().text()).statement();
    }

    String close(UtilityStatement.CloseCursor close) {
        var name = close.name();
        if (name == null) {
            cursors.closeAll();
            return "CLOSE CURSOR ALL";
        }
        cursors.close(name.text());
        return "CLOSE CURSOR";
    }
}
