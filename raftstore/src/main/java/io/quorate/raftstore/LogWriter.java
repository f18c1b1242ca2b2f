package io.quorate.raftstore;

import io.quorate.common.env.Env;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.Tasks;
import io.quorate.raftstore.log.LogBatch;
import io.quorate.raftstore.log.RaftLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The one thread that waits for the log's disk. While it syncs, the next tasks gather; they then
/// share one record and one sync.
final class LogWriter {
    private static final int TASKS_MAX = 1024;
    private static final long IDLE_NANOS = 3_600_000_000_000L;

    /// So long after the last write the writer leaves the mark that covers it.
    private static final long MARK_DELAY_NANOS = 100_000_000L;

    private final Env env;
    private final RaftLog log;
    private final long writeBytesMax;
    private final Mailbox<Request> mailbox = new Mailbox<>();
    private final ArrayDeque<WriteTask> waiting = new ArrayDeque<>();
    private boolean stopping;

    private sealed interface Request {
        record Write(WriteTask task) implements Request {}

        record Stop() implements Request {}
    }

    LogWriter(Env env, RaftLog log, long writeBytesMax) {
        this.env = env;
        this.log = log;
        this.writeBytesMax = writeBytesMax;
    }

    Tasks.Task start() {
        return env.tasks().startLoop("raft-log", this::run);
    }

    void post(WriteTask task) {
        mailbox.post(new Request.Write(task));
    }

    /// Ends the thread after everything posted before is written.
    void stop() {
        mailbox.post(new Request.Stop());
    }

    private void run() {
        try {
            while (!stopping || !waiting.isEmpty()) {
                gather();
                if (!waiting.isEmpty()) {
                    writeSome();
                }
            }
        } catch (RuntimeException | Error e) {
            env.halt("the log writer failed", e);
        }
    }

    private void gather() {
        List<Request> arrived = new ArrayList<>();
        long waitNanos = 0;
        if (waiting.isEmpty()) {
            waitNanos = log.needsMark() ? MARK_DELAY_NANOS : IDLE_NANOS;
        }
        mailbox.drain(env, arrived, TASKS_MAX, waitNanos);
        for (Request request : arrived) {
            switch (request) {
                case Request.Write write -> waiting.add(write.task());
                case Request.Stop _ -> stopping = true;
            }
        }
        if (arrived.isEmpty() && waiting.isEmpty() && log.needsMark()) {
            log.writeMark();
        }
    }

    /// Writes the oldest tasks, about as many as fit in one write, and tells their loops.
    private void writeSome() {
        List<WriteTask> tasks = new ArrayList<>();
        LogBatch batch = new LogBatch();
        while (!waiting.isEmpty() && batch.entryBytes() < writeBytesMax) {
            WriteTask task = waiting.remove();
            tasks.add(task);
            batch.addAll(task.batch());
        }
        if (!batch.isEmpty()) {
            log.write(batch);
        }
        for (WriteTask task : tasks) {
            task.loop().post(new LoopEvent.Written(task));
        }
        log.tidyUp();
    }
}
