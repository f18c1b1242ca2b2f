package io.quorate.region.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.Mutation;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.TxnStatus;
import io.quorate.region.mvcc.MvccReader;
import io.quorate.region.mvcc.ReadView;
import io.quorate.region.testing.MemoryEngine;
import io.quorate.region.testing.MemoryStorage;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many transactions, each adding one to two counters, with their requests in any order, doubled,
/// late, or given up half-way; resolvers and readers in between. Whatever happens: no read ever
/// changes, a decided transaction stays decided, and the counters hold what was committed.
class CommandModelTest {
    private static final RegionHeader HEADER =
            new RegionHeader(new RegionId(2), new RegionEpoch(1, 1));
    private static final int STEPS = 400;
    private static final List<ByteSlice> KEYS =
            List.of(ByteSlice.utf8("a"), ByteSlice.utf8("b"), ByteSlice.utf8("c"));

    @Test
    void noReadChangesAndNoUpdateIsLost() {
        int committed = 0;
        for (long seed = 1; seed <= 150; seed++) {
            committed += new World(seed).run();
        }
        assertThat(committed).as("transactions that committed at all").isGreaterThan(1_000);
    }

    /// A transaction as its coordinator sees it.
    private static final class Txn {
        private final Timestamp start;
        private final List<ByteSlice> keys;
        private final List<Integer> values = new ArrayList<>();
        private final boolean onePhase;
        private int prewritten;
        private boolean ended;
        private @Nullable Timestamp commit;
        private boolean acknowledged;

        Txn(Timestamp start, List<ByteSlice> keys, boolean onePhase) {
            this.start = start;
            this.keys = keys;
            this.onePhase = onePhase;
        }

        ByteSlice primary() {
            return keys.getFirst();
        }
    }

    private record Read(ByteSlice key, Timestamp at) {}

    /// One region and its clients.
    private static final class World {
        private final long seed;
        private final Random random;
        private final StorageEngine engine = new MemoryEngine(new MemoryStorage());
        private final List<Txn> txns = new ArrayList<>();
        private final Map<Read, Integer> reads = new HashMap<>();
        private final List<Read> readOrder = new ArrayList<>();
        private final Map<Timestamp, TxnStatus> decided = new HashMap<>();
        private long clock = Timestamp.of(1_000, 0).value();
        private long newestRead;

        World(long seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        int run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(8)) {
                    case 0 -> begin();
                    case 1, 2 -> prewriteNext();
                    case 3 -> commit();
                    case 4 -> repeatSomething();
                    case 5 -> readSomewhere();
                    case 6 -> readAgain();
                    default -> resolveSome();
                }
            }
            return settle();
        }

        private Timestamp next() {
            clock += 2;
            return new Timestamp(clock);
        }

        private void begin() {
            Timestamp start = next();
            ByteSlice first = KEYS.get(random.nextInt(KEYS.size()));
            ByteSlice second = KEYS.get(random.nextInt(KEYS.size()));
            List<ByteSlice> keys = first.equals(second) ? List.of(first) : List.of(first, second);
            Txn txn = new Txn(start, keys, random.nextInt(3) == 0);
            for (ByteSlice key : keys) {
                Integer value = read(key, start);
                if (value == null) {
                    return;
                }
                txn.values.add(value);
            }
            txns.add(txn);
        }

        private void prewriteNext() {
            Txn txn = any();
            if (txn != null && !txn.ended && txn.prewritten < txn.keys.size()) {
                prewrite(txn);
            }
        }

        private void prewrite(Txn txn) {
            if (txn.onePhase) {
                RegionReply.Prewritten reply = prewrite(txn, 0, txn.keys.size(), true);
                if (reply.error() == null) {
                    assertThat(reply.committedAt()).as(where()).isNotNull();
                    txn.commit = reply.committedAt();
                    txn.acknowledged = true;
                }
                txn.ended = !(reply.error() instanceof KeyError.Locked);
                return;
            }
            RegionReply.Prewritten reply = prewrite(txn, txn.prewritten, txn.prewritten + 1, false);
            if (reply.error() == null) {
                txn.prewritten++;
            } else if (!(reply.error() instanceof KeyError.Locked)) {
                txn.ended = true;
            }
        }

        private RegionReply.Prewritten prewrite(Txn txn, int from, int to, boolean onePhase) {
            List<Mutation> mutations = new ArrayList<>();
            for (int i = from; i < to; i++) {
                ByteSlice value = ByteSlice.utf8(Integer.toString(txn.values.get(i) + 1));
                mutations.add(
                        new Mutation(
                                LockKind.PUT, txn.keys.get(i), value, false, false, txn.start));
            }
            return (RegionReply.Prewritten)
                    run(
                            new PrewriteCommand(
                                    new RegionRequest.Prewrite(
                                            HEADER,
                                            mutations,
                                            txn.primary(),
                                            txn.start,
                                            Timestamp.ZERO,
                                            1,
                                            onePhase,
                                            Timestamp.MAX),
                                    new Timestamp(newestRead),
                                    false));
        }

        private void commit() {
            Txn txn = any();
            if (txn == null || txn.onePhase || txn.ended || txn.prewritten < txn.keys.size()) {
                return;
            }
            if (txn.commit == null || random.nextInt(3) == 0) {
                txn.commit = next();
            }
            if (random.nextInt(3) == 0) {
                return;
            }
            KeyError error = commit(txn, txn.primary(), txn.commit);
            if (error == null) {
                txn.acknowledged = true;
                txn.ended = true;
            } else if (error instanceof KeyError.LockNotFound) {
                txn.ended = true;
            } else {
                assertThat(error).as(where()).isInstanceOf(KeyError.CommitTooEarly.class);
            }
        }

        private @Nullable KeyError commit(Txn txn, ByteSlice key, Timestamp commit) {
            return run(new CommitCommand(
                            new RegionRequest.Commit(HEADER, List.of(key), txn.start, commit)))
                    .error();
        }

        /// A request that was sent before arrives once more.
        private void repeatSomething() {
            Txn txn = any();
            if (txn == null) {
                return;
            }
            if (txn.onePhase && txn.ended) {
                RegionReply.Prewritten reply = prewrite(txn, 0, txn.keys.size(), true);
                if (txn.acknowledged) {
                    assertThat(reply.committedAt()).as(where()).isEqualTo(txn.commit);
                }
            } else if (txn.prewritten > 0) {
                prewrite(txn, 0, random.nextInt(txn.prewritten) + 1, false);
            }
        }

        private void readSomewhere() {
            read(KEYS.get(random.nextInt(KEYS.size())), next());
        }

        private void readAgain() {
            if (!readOrder.isEmpty()) {
                Read old = readOrder.get(random.nextInt(readOrder.size()));
                read(old.key(), old.at());
            }
        }

        /// Reads, resolving what is in the way; null if the reader gave up.
        private @Nullable Integer read(ByteSlice key, Timestamp at) {
            newestRead = Math.max(newestRead, at.value());
            List<Timestamp> resolved = new ArrayList<>();
            for (int tries = 0; tries < 5; tries++) {
                try (EngineSnapshot snapshot = engine.snapshot();
                        MvccReader reader = new MvccReader(snapshot, KeyRange.ALL)) {
                    LockInfo blocking = reader.blockingLock(key, new ReadView(at, resolved));
                    if (blocking == null) {
                        ByteSlice value = reader.valueAt(key, at);
                        return checkedRead(
                                key, at, value == null ? 0 : Integer.parseInt(value.toUtf8()));
                    }
                    if (resolve(blocking, at, random.nextInt(4) == 0) instanceof TxnStatus.Live live
                            && live.minCommit().isAfter(at)) {
                        resolved.add(blocking.start());
                    }
                }
            }
            return null;
        }

        private Integer checkedRead(ByteSlice key, Timestamp at, Integer value) {
            Read read = new Read(key, at);
            Integer before = reads.putIfAbsent(read, value);
            if (before == null) {
                readOrder.add(read);
            } else {
                assertThat(value).as("reading %s again, %s", read, where()).isEqualTo(before);
            }
            return value;
        }

        private void resolveSome() {
            ByteSlice key = KEYS.get(random.nextInt(KEYS.size()));
            LockInfo lock;
            try (EngineSnapshot snapshot = engine.snapshot();
                    MvccReader reader = new MvccReader(snapshot, KeyRange.ALL)) {
                lock = reader.blockingLock(key, new ReadView(Timestamp.MAX, List.of()));
            }
            if (lock != null) {
                resolve(lock, next(), random.nextBoolean());
            }
        }

        private @Nullable TxnStatus resolve(LockInfo lock, Timestamp caller, boolean late) {
            Timestamp now =
                    late ? new Timestamp(clock + Timestamp.of(1, 0).value()) : new Timestamp(clock);
            RegionReply.Status status =
                    (RegionReply.Status)
                            run(
                                    new CheckTxnStatusCommand(
                                            new RegionRequest.CheckTxnStatus(
                                                    HEADER,
                                                    lock.primary(),
                                                    lock.start(),
                                                    caller,
                                                    now,
                                                    late,
                                                    false)));
            TxnStatus fate = status.status();
            Timestamp commit = fate instanceof TxnStatus.Committed done ? done.commit() : null;
            if (commit != null || fate instanceof TxnStatus.RolledBack) {
                TxnStatus before = decided.putIfAbsent(lock.start(), fate);
                assertThat(before == null ? fate : before).as(where()).isEqualTo(fate);
                KeyError error =
                        run(new ResolveLockCommand(
                                        new RegionRequest.ResolveLock(
                                                HEADER, List.of(lock.key()), lock.start(), commit)))
                                .error();
                assertThat(error).as(where()).isNull();
            }
            return fate;
        }

        /// Resolves every lock, then counts.
        private int settle() {
            Timestamp end = new Timestamp(clock + Timestamp.of(10, 0).value());
            clock = end.value();
            int committed = 0;
            Map<ByteSlice, Integer> expected = new HashMap<>();
            for (ByteSlice key : KEYS) {
                assertThat(read(key, next())).as(where()).isNotNull();
            }
            for (Txn txn : txns) {
                TxnStatus fate = fate(txn);
                if (txn.acknowledged) {
                    assertThat(fate)
                            .as("acknowledged, %s", where())
                            .isInstanceOf(TxnStatus.Committed.class);
                }
                if (fate instanceof TxnStatus.Committed) {
                    committed++;
                    txn.keys.forEach(key -> expected.merge(key, 1, Integer::sum));
                }
            }
            for (ByteSlice key : KEYS) {
                assertThat(read(key, next()))
                        .as("counter %s, %s", key.toUtf8(), where())
                        .isEqualTo(expected.getOrDefault(key, 0));
            }
            for (Read old : List.copyOf(readOrder)) {
                read(old.key(), old.at());
            }
            return committed;
        }

        private @Nullable TxnStatus fate(Txn txn) {
            return ((RegionReply.Status)
                            run(
                                    new CheckTxnStatusCommand(
                                            new RegionRequest.CheckTxnStatus(
                                                    HEADER,
                                                    txn.primary(),
                                                    txn.start,
                                                    Timestamp.ZERO,
                                                    new Timestamp(clock),
                                                    true,
                                                    false))))
                    .status();
        }

        private RegionReply.Answer run(WriteCommand command) {
            try (EngineSnapshot snapshot = engine.snapshot();
                    MvccReader reader = new MvccReader(snapshot, KeyRange.ALL)) {
                WriteCommand.Outcome outcome = command.evaluate(reader);
                engine.write(outcome.writes());
                return outcome.reply();
            }
        }

        private @Nullable Txn any() {
            if (txns.isEmpty()) {
                return null;
            }
            int recent = Math.min(txns.size(), 6);
            return txns.get(txns.size() - 1 - random.nextInt(recent));
        }

        private String where() {
            return "seed " + seed;
        }
    }
}
