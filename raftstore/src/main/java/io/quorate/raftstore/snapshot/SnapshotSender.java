package io.quorate.raftstore.snapshot;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.SnapshotConfig;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.wire.SnapshotReply;
import io.quorate.raftstore.wire.SnapshotRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends snapshots to other stores, each on a virtual thread of its own, all at one rate.
public final class SnapshotSender {
    private static final Logger log = LoggerFactory.getLogger(SnapshotSender.class);
    private static final long ANSWER_NANOS_MAX = 5_000_000_000L;
    private static final long RETRY_NANOS = 200_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final Env env;
    private final SnapshotConfig config;
    private final TokenBucket bucket;
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean closed;
    private final LongAdder sentBytes;
    private final LongAdder resumed;

    /// One snapshot to one store. `source` is closed at the end.
    ///
    /// @param wanted asked between chunks; once it is false there is no point in going on
    /// @param outcome told at the end, whatever it is, on a thread of the sender's
    public record Transfer(
            GroupId group,
            Message.InstallSnapshot install,
            SnapshotSource source,
            BooleanSupplier wanted,
            Outcome outcome) {}

    /// Takes how a transfer ended.
    public interface Outcome {
        void ended(boolean received);
    }

    public SnapshotSender(Env env, SnapshotConfig config) {
        this.env = env;
        this.config = config;
        this.bucket = new TokenBucket(env, config.bytesPerSecond());
        this.sentBytes = env.metrics().counter("quorate_raftstore_snapshot_sent_bytes_total");
        this.resumed = env.metrics().counter("quorate_raftstore_snapshot_resumed_total");
    }

    /// Begins a transfer. One too many fails at once: the leader will ask again.
    public void start(Transfer transfer) {
        if (underWay.incrementAndGet() > config.transfersMax()) {
            end(transfer, false);
            return;
        }
        env.tasks()
                .start(
                        "send-snapshot-" + transfer.group(),
                        () -> {
                            boolean received = false;
                            try {
                                received = new Course(transfer).run();
                            } finally {
                                end(transfer, received);
                            }
                        });
    }

    /// Ends all transfers, soon.
    public void close() {
        closed = true;
    }

    private void end(Transfer transfer, boolean received) {
        underWay.decrementAndGet();
        transfer.source().close();
        transfer.outcome().ended(received);
    }

    /// One transfer under way.
    private final class Course {
        private final Transfer transfer;
        private final SnapshotRequest.Offer offer;
        private final NodeId to;
        private final long deadlineNanos;

        Course(Transfer transfer) {
            this.transfer = transfer;
            this.offer = new SnapshotRequest.Offer(transfer.group(), transfer.install());
            this.to = new NodeId(Math.toIntExact(transfer.install().to()));
            this.deadlineNanos = env.clock().nanos() + config.sendMillisMax() * NANOS_PER_MILLI;
        }

        boolean run() {
            try (ChunkReader chunks = new ChunkReader(transfer.source(), config.chunkBytes())) {
                SnapshotRequest request = offer;
                while (isWorthIt()) {
                    switch (env.network()
                            .call(to, SnapshotRequest.SERVICE, request, ANSWER_NANOS_MAX)) {
                        case CallResult.Answered<SnapshotReply>(SnapshotReply.Received _) -> {
                            log.info("snapshot received key={} to={}", offer.key(), to);
                            return true;
                        }
                        case CallResult.Answered<SnapshotReply>(SnapshotReply.Refused refused) -> {
                            log.info(
                                    "snapshot refused key={} to={} why={}",
                                    offer.key(),
                                    to,
                                    refused.why());
                            return false;
                        }
                        case CallResult.Answered<SnapshotReply>(
                                        SnapshotReply.Continue(long offset)) -> {
                            if (!chunks.goTo(offset)) {
                                return false;
                            }
                            request = next(chunks);
                        }
                        case CallResult.NotSent<SnapshotReply> _,
                                CallResult.NoAnswer<SnapshotReply> _ -> {
                            // What it has by now only the receiver knows.
                            resumed.increment();
                            request = offer;
                            env.tasks().sleepNanos(RETRY_NANOS);
                        }
                    }
                }
                return false;
            }
        }

        private boolean isWorthIt() {
            return !closed
                    && transfer.wanted().getAsBoolean()
                    && env.clock().nanos() < deadlineNanos;
        }

        private SnapshotRequest next(ChunkReader chunks) {
            long offset = chunks.offset();
            ByteSlice data = chunks.next();
            if (data == null) {
                return new SnapshotRequest.Finish(offer.key(), offset);
            }
            bucket.take(data.length());
            sentBytes.add(data.length());
            return SnapshotRequest.Chunk.of(offer.key(), offset, data);
        }
    }
}
