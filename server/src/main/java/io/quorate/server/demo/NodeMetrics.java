package io.quorate.server.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The counters of one node, read through SQL, as growth since they were read last: a restarted node
/// begins again at zero.
final class NodeMetrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NodeMetrics.class);

    private final String url;
    private @Nullable Connection connection;
    private Map<String, Long> last = Map.of();

    NodeMetrics(String url) {
        this.url = url;
    }

    /// How much each counter grew; empty while the node does not answer.
    Map<String, Long> growth() {
        Map<String, Long> now;
        try {
            now = read();
        } catch (SQLException away) {
            log.debug("no metrics url={}", url, away);
            close();
            return Map.of();
        }
        Map<String, Long> growth = new HashMap<>();
        for (Map.Entry<String, Long> counter : now.entrySet()) {
            long before = last.getOrDefault(counter.getKey(), 0L);
            boolean restarted = counter.getValue() < before;
            growth.put(counter.getKey(), counter.getValue() - (restarted ? 0 : before));
        }
        last = now;
        return growth;
    }

    private Map<String, Long> read() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = DriverManager.getConnection(url);
            connection = open;
        }
        Map<String, Long> counters = new HashMap<>();
        try (Statement statement = open.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT name, value FROM quorate_internal.metrics")) {
            while (rows.next()) {
                counters.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counters;
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (SQLException broken) {
            log.debug("connection was broken url={}", url, broken);
        }
    }
}
