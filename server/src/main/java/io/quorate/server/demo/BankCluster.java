package io.quorate.server.demo;

import java.util.List;

/// The database under the demo.
sealed interface BankCluster extends AutoCloseable
        permits EmbeddedNodes, NodeProcesses, OtherCluster {
    /// One JDBC URL for each node. They stay the same when a node restarts.
    List<String> urls();

    /// One line that says what it is.
    String description();

    /// The nodes that ended because an invariant did not hold, with the reason where it is known.
    List<String> halts();

    @Override
    void close();
}
