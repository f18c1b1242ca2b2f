package io.quorate.server.demo;

import io.quorate.server.node.PlantedFault;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run of the bank demo is asked to do.
///
/// @param url JDBC URL of a cluster that already runs; null to start one
/// @param data where a cluster of the demo's own keeps its data; null for a temporary directory that
///     is deleted at the end
/// @param killEverySeconds pause between a node's return and the next kill; 0 kills nothing
/// @param modes transaction modes; the workers are dealt out evenly among them
/// @param fault a rule that the demo's own cluster breaks on purpose
public record BankConfig(
        @Nullable String url,
        @Nullable Path data,
        int nodes,
        int seconds,
        int killEverySeconds,
        List<TransactionMode> modes,
        @Nullable PlantedFault fault,
        int accounts,
        int workers) {
    private static final int NODES_MAX = 7;

    public BankConfig {
        modes = List.copyOf(modes);
        require(nodes >= 1 && nodes <= NODES_MAX, "--nodes is 1 to " + NODES_MAX);
        require(seconds >= 1, "--seconds is at least 1");
        require(killEverySeconds >= 0, "--kill-every is a number of seconds");
        require(accounts >= 2, "--accounts is at least 2: money moves between two");
        require(workers >= modes.size(), "--workers is at least one for each mode");
        require(
                url == null || killEverySeconds == 0,
                "--kill-every kills nodes that the demo started itself, so it cannot go with --url."
                        + " Leave out --url, or kill the processes of that cluster by hand while the"
                        + " demo runs: it goes on and judges all the same.");
        require(
                url == null || fault == null,
                "--break builds nodes with a fault, so it cannot go with --url; leave out --url.");
        require(
                killEverySeconds == 0 || nodes >= 3,
                "--kill-every needs --nodes 3 or more: of fewer nodes no majority is left.");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /// How a session's transactions meet others: see `SET transaction_mode`.
    public enum TransactionMode {
        OPTIMISTIC("optimistic"),
        PESSIMISTIC("pessimistic");

        private final String setting;

        TransactionMode(String setting) {
            this.setting = setting;
        }

        String setting() {
            return setting;
        }
    }
}
