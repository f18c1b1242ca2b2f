package io.quorate.sql.ddl;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.Service;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CatalogStore;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.tso.api.ClusterMeta;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.ClusterMeta.SchemaLease;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.txn.api.Isolation;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionManager;
import io.quorate.txn.api.TransactionOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node's picture of the schema, the leases that let it commit, and the pins of the transactions
/// that rely on them.
public final class SchemaManager {
    private static final Logger log = LoggerFactory.getLogger(SchemaManager.class);
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long RENEW_NANOS = SECOND_NANOS;
    private static final long CALL_NANOS = 2 * SECOND_NANOS;
    private static final long DRAIN_NANOS = 60 * SECOND_NANOS;
    private static final long POLL_NANOS = 5_000_000L;

    static final Service<Long, Boolean> CHANGED =
            new Service<>("schema-changed", new LongCodec(), new BooleanCodec());

    private final Env env;
    private final TransactionManager transactions;
    private final TimestampOracle oracle;
    private final ClusterMeta meta;
    private final CatalogStore store;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock loading = new ReentrantLock();
    private final Map<Long, Timestamp> leases = new TreeMap<>(); // guarded by lock
    private final Set<SchemaPin> pins = new LinkedHashSet<>(); // guarded by lock
    private volatile @Nullable Schema current;
    private volatile boolean stopped;

    public SchemaManager(
            Env env,
            TransactionManager transactions,
            TimestampOracle oracle,
            ClusterMeta meta,
            CatalogStore store) {
        this.env = env;
        this.transactions = transactions;
        this.oracle = oracle;
        this.meta = meta;
        this.store = store;
    }

    /// Serves the other nodes' announcements and keeps the lease alive from now on.
    public void start() {
        env.network().serve(CHANGED, (_, version) -> learn(version));
        env.tasks().start("schema-lease", this::keepLease);
    }

    public void stop() {
        stopped = true;
    }

    /// The newest schema this node knows; loads it if it never did.
    public Schema schema() {
        Schema known = current;
        return known != null ? known : reload(0);
    }

    public CatalogStore store() {
        return store;
    }

    /// Begins to rely on the schema for a transaction that writes.
    public SchemaPin pin(Schema schema) {
        SchemaPin pin = new SchemaPin(schema);
        lock.lock();
        try {
            pins.add(pin);
        } finally {
            lock.unlock();
        }
        return pin;
    }

    public void unpin(SchemaPin pin) {
        boolean released;
        lock.lock();
        try {
            pins.remove(pin);
            released = releasesOldLeases();
        } finally {
            lock.unlock();
        }
        if (released) {
            giveUpOldLeases();
        }
    }

    /// The last timestamp at which a transaction may commit that relies on `pin`. Throws
    /// SERIALIZATION_FAILURE where a table it wrote to changed since and the old version's lease ran
    /// out.
    public Timestamp maxCommit(SchemaPin pin) {
        Schema now = schema();
        boolean unchanged = pin.isGoodFor(now);
        long version = unchanged ? now.version() : pin.schema().version();
        Timestamp until = leaseOf(version);
        if (unchanged && until.millis() < oracle.lastSeen().millis() + 1000) {
            renew(now.version());
            until = leaseOf(now.version());
        }
        if (until.equals(Timestamp.ZERO)) {
            throw new QuorateException(
                            ErrorCode.SERIALIZATION_FAILURE,
                            "could not commit because the schema changed during the transaction")
                    .withHint("Run the transaction again.");
        }
        return until;
    }

    /// In a version of its own, forbids every node to write to these tables, and returns once all
    /// nodes obey. Reserves index numbers in each.
    void blockWrites(Set<Long> tables, int reservedKeys) {
        changeAlone(change -> {
            for (long oid : tables) {
                TableDescriptor table = change.open().table(oid);
                if (table != null) {
                    change.block(table.withReservedKeys(reservedKeys));
                }
            }
        });
    }

    /// Lets every node write again, where a change was given up or its node died. Waits for the lock on
    /// the schema's version, and so for a change that still goes on.
    public void unblockWrites(Set<Long> tables) {
        changeAlone(change -> {
            for (long oid : tables) {
                TableDescriptor table = change.open().table(oid);
                if (table != null && table.writesBlocked()) {
                    change.put(table);
                }
            }
        });
    }

    private void changeAlone(Consumer<SchemaTransaction> body) {
        Transaction transaction = begin(false);
        SchemaTransaction change = new SchemaTransaction(this, transaction);
        try {
            body.accept(change);
            change.beforeCommit();
            transaction.commit(Timestamp.MAX);
        } catch (QuorateException failed) {
            transaction.rollback();
            throw failed;
        }
        change.afterCommit();
    }

    /// Waits until no node holds a lease below `version`, which this node or another has committed.
    /// Nodes learn of it by [#announce]; those that do not answer lose their lease by time.
    void awaitEveryoneAt(long version) {
        long deadline = env.clock().nanos() + DRAIN_NANOS;
        List<OldLease> old = meta.raiseMinimumSchemaVersion(version);
        while (!old.isEmpty()) {
            Timestamp now = oracle.next();
            if (old.stream().noneMatch(lease -> lease.until().isAfter(now))) {
                return;
            }
            if (env.clock().nanos() > deadline) {
                throw new QuorateException(
                                ErrorCode.LOCK_NOT_AVAILABLE,
                                "schema change waits for transactions on " + old)
                        .withHint("End the transactions that use the old schema, then try again.");
            }
            env.tasks().sleepNanos(POLL_NANOS);
            old = meta.raiseMinimumSchemaVersion(version);
        }
    }

    /// Tells every node, this one included, of a committed version.
    void announce(long version) {
        learn(version);
        for (NodeId node : meta.nodes()) {
            if (!node.equals(env.node())) {
                env.tasks()
                        .start(
                                "announce-schema",
                                () -> env.network().call(node, CHANGED, version, CALL_NANOS));
            }
        }
    }

    /// Loads until the schema is at `version` or above; true once it is.
    private boolean learn(long version) {
        Schema known = current;
        if (known == null || known.version() < version) {
            reload(version);
        }
        return true;
    }

    /// A transaction for a piece of a backfill: nobody else writes these keys, so it takes no locks
    /// before its commit.
    Transaction beginPiece() {
        return transactions.begin(
                new TransactionOptions(
                        Isolation.READ_COMMITTED, LockMode.OPTIMISTIC, false, false, 0));
    }

    /// A transaction of the catalog's own.
    Transaction begin(boolean readOnly) {
        return transactions.begin(
                new TransactionOptions(
                        Isolation.READ_COMMITTED, LockMode.PESSIMISTIC, readOnly, false, 0));
    }

    private Schema reload(long atLeast) {
        loading.lock();
        try {
            Schema known = current;
            if (known != null && known.version() >= atLeast && atLeast > 0) {
                return known;
            }
            Transaction transaction = begin(true);
            Schema loaded;
            try {
                loaded = store.load(transaction);
            } finally {
                transaction.rollback();
            }
            if (known == null || loaded.version() > known.version()) {
                renew(loaded.version());
                install(loaded);
                return loaded;
            }
            return known;
        } finally {
            loading.unlock();
        }
    }

    private void install(Schema loaded) {
        boolean released;
        lock.lock();
        try {
            current = loaded;
            pins.forEach(pin -> pin.moveTo(loaded));
            released = releasesOldLeases();
        } finally {
            lock.unlock();
        }
        log.info("schema learned node={} version={}", env.node(), loaded.version());
        if (released) {
            giveUpOldLeases();
        }
    }

    /// Forgets leases that no pin relies on; true if there were any. Caller holds the lock.
    private boolean releasesOldLeases() {
        Schema now = current;
        if (now == null) {
            return false;
        }
        long oldest =
                pins.stream().mapToLong(pin -> pin.schema().version()).min().orElse(now.version());
        return leases.keySet().removeIf(version -> version < Math.min(oldest, now.version()));
    }

    private void giveUpOldLeases() {
        long lowest;
        lock.lock();
        try {
            lowest = leases.keySet().stream().mapToLong(v -> v).min().orElse(0);
        } finally {
            lock.unlock();
        }
        if (lowest > 0) {
            meta.releaseSchemaLeasesBelow(lowest);
        }
    }

    private Timestamp leaseOf(long version) {
        lock.lock();
        try {
            return leases.getOrDefault(version, Timestamp.ZERO);
        } finally {
            lock.unlock();
        }
    }

    private void keepLease() {
        while (!stopped) {
            try {
                Schema known = schema();
                if (!renew(known.version())) {
                    reload(0);
                }
            } catch (QuorateException notNow) {
                log.debug("schema lease not renewed reason=\"{}\"", notNow.message());
            }
            env.tasks().sleepNanos(RENEW_NANOS);
        }
    }

    private boolean renew(long version) {
        return switch (meta.renewSchemaLease(version)) {
            case SchemaLease.Granted granted -> {
                lock.lock();
                try {
                    leases.merge(granted.version(), granted.until(), Timestamp::max);
                } finally {
                    lock.unlock();
                }
                yield true;
            }
            case SchemaLease.Refused _ -> false;
        };
    }

    private record LongCodec() implements Codec<Long> {
        @Override
        public void write(Long value, ByteWriter out) {
            out.putVarLong(value);
        }

        @Override
        public Long read(ByteReader in) {
            return in.getVarLong();
        }
    }

    private record BooleanCodec() implements Codec<Boolean> {
        @Override
        public void write(Boolean value, ByteWriter out) {
            out.putBoolean(value);
        }

        @Override
        public Boolean read(ByteReader in) {
            return in.getBoolean();
        }
    }
}
