package io.quorate.tests.clients;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Statements and their rows as text.
final class Rows {
    private Rows() {}

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return all(rows);
        }
    }

    /// The rest of the rows, their columns parted by `|`.
    static List<String> all(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                values.add(String.valueOf(rows.getString(i)));
            }
            lines.add(String.join("|", values));
        }
        return lines;
    }

    /// The named columns of all rows.
    static List<String> columns(ResultSet rows, String... names) throws SQLException {
        List<String> lines = new ArrayList<>();
        while (rows.next()) {
            List<String> values = new ArrayList<>();
            for (String name : names) {
                values.add(String.valueOf(rows.getString(name)));
            }
            lines.add(String.join("|", values));
        }
        return lines;
    }
}
