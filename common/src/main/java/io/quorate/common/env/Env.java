package io.quorate.common.env;

import io.quorate.common.metrics.Metrics;

/// What one node gets from the world. Every node has its own.
public interface Env {
    NodeId node();

    Clock clock();

    RandomSource random();

    Disk disk();

    Network network();

    Tasks tasks();

    Metrics metrics();

    /// Stops the node: an invariant broke or the log disk failed. Never returns in production; in a
    /// simulation the node is crashed and the run judges whether that was right.
    void halt(String reason, Throwable cause);
}
