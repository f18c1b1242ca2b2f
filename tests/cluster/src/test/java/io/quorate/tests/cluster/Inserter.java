package io.quorate.tests.cluster;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Inserts rows through one node, one after the other, until the node is killed.
final class Inserter {
    private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    private final Thread thread;

    static Inserter start(String url, long firstId) {
        Inserter inserter = new Inserter(url, firstId);
        inserter.thread.start();
        return inserter;
    }

    private Inserter(String url, long firstId) {
        thread = Thread.ofPlatform().daemon().unstarted(() -> insert(url, firstId));
    }

    private void insert(String url, long firstId) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO t VALUES (?)")) {
            for (long id = firstId; ; id++) {
                insert.setLong(1, id);
                insert.executeUpdate();
                acknowledged.add(id);
            }
        } catch (SQLException killed) {
            // The node is gone: what was acknowledged until now is what counts.
            return;
        }
    }

    long count() {
        return acknowledged.size();
    }

    /// What was acknowledged, once the node is gone.
    List<Long> acknowledged() {
        Await.until("the client notices the end of its node", () -> !thread.isAlive());
        return List.copyOf(acknowledged);
    }
}
