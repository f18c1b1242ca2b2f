package io.quorate.server.cli;

import io.quorate.common.env.MachineEnv.Halt;
import io.quorate.common.env.NodeId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A process that runs until it is told to stop.
final class Running implements Halt {
    private static final Logger log = LoggerFactory.getLogger(Running.class);
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /// Says why the node cannot go on and ends the process: whatever is not durable now would have to
    /// be guessed at.
    @Override
    public void halt(NodeId node, String reason, Throwable cause) {
        log.error("node halts node={} reason=\"{}\"", node, reason, cause);
        Runtime.getRuntime().halt(3);
    }

    /// Waits until SQL is answered at the port.
    static void awaitAnswer(String host, int port) {
        String url =
                "jdbc:postgresql://" + host + ":" + port + "/quorate?user=quorate&connectTimeout=5";
        long deadline = System.nanoTime() + READY_NANOS;
        while (true) {
            try (Connection connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement()) {
                statement.execute("SELECT 1");
                return;
            } catch (SQLException notYet) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "no answer at port " + port + ": " + notYet.getMessage(), notYet);
                }
                LockSupport.parkNanos(PROBE_NANOS);
            }
        }
    }

    /// Blocks until Ctrl-C or a termination signal, then closes.
    static int untilStopped(AutoCloseable running) {
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .name("shutdown")
                                .unstarted(() -> {
                                    try {
                                        running.close();
                                    } catch (Exception e) {
                                        log.error("did not close cleanly", e);
                                    }
                                    closed.countDown();
                                }));
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
