package io.quorate.common.env;

import io.quorate.common.metrics.Metrics;
import java.nio.file.Path;

/// The real machine, with a network given by the caller.
public record MachineEnv(
        NodeId node,
        Clock clock,
        RandomSource random,
        Disk disk,
        Network network,
        Tasks tasks,
        Metrics metrics,
        Halt onHalt)
        implements Env {

    /// What stopping the node means to its owner: end the process, or fail the embedding test.
    public interface Halt {
        void halt(NodeId node, String reason, Throwable cause);
    }

    public static MachineEnv of(NodeId node, Path dataDirectory, Network network, Halt onHalt) {
        return new MachineEnv(
                node,
                new MachineClock(),
                new MachineRandom(),
                new MachineDisk(dataDirectory),
                network,
                new MachineTasks(cause -> onHalt.halt(node, "broken invariant", cause)),
                new Metrics(),
                onHalt);
    }

    @Override
    public void halt(String reason, Throwable cause) {
        onHalt.halt(node, reason, cause);
    }
}
