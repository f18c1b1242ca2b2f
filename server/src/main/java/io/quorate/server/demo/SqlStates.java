package io.quorate.server.demo;

import java.sql.SQLException;

/// What an error of the database says about the transaction that met it.
final class SqlStates {
    private static final String STATEMENT_COMPLETION_UNKNOWN = "40003";

    private SqlStates() {}

    /// Another transaction was in the way; trying again is all there is to do.
    static boolean isConflict(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        return state.equals("40001") || state.equals("40P01");
    }

    static boolean isUniqueViolation(SQLException error) {
        return "23505".equals(error.getSQLState());
    }

    /// The connection or the node behind it went away, or has no majority: another node may answer.
    static boolean isUnavailable(SQLException error) {
        String state = error.getSQLState();
        return state == null
                || state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53");
    }

    /// A COMMIT that failed so did not happen. Of every other failure nothing is known: the answer was
    /// lost, not the transaction.
    static boolean isRefusedCommit(SQLException error) {
        String state = String.valueOf(error.getSQLState());
        boolean rolledBack = state.startsWith("40") || state.startsWith("23");
        return rolledBack && !state.equals(STATEMENT_COMPLETION_UNKNOWN);
    }
}
