package io.quorate.sql.session;

import io.quorate.sql.parse.ast.UtilityStatement;

/// COPY, both ways.
final class CopyStatements {
    CopyStatements(SqlSession session, Services services, TransactionState transactions) {}

    UtilityResult run(UtilityStatement.Copy copy) {
        throw Utilities.unsupported("COPY", copy.position());
    }
}
