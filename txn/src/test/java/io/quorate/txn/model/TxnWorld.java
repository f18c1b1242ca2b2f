package io.quorate.txn.model;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.sim.SimWorld;
import io.quorate.txn.Transactions;
import io.quorate.txn.api.Isolation;
import io.quorate.txn.api.LockMode;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.TransactionOptions;
import io.quorate.txn.api.TxnFaults;
import io.quorate.txn.model.ModelRegions.Fate;
import io.quorate.txn.model.ModelRegions.Faults;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// A simulated world with coordinators on several nodes over modelled regions. The first node hosts
/// the deadlock detector.
public final class TxnWorld implements AutoCloseable {
    public static final TransactionOptions READ_COMMITTED =
            new TransactionOptions(Isolation.READ_COMMITTED, LockMode.PESSIMISTIC, false, false, 0);
    public static final TransactionOptions REPEATABLE_READ =
            new TransactionOptions(
                    Isolation.REPEATABLE_READ, LockMode.PESSIMISTIC, false, false, 0);
    public static final TransactionOptions OPTIMISTIC =
            new TransactionOptions(Isolation.REPEATABLE_READ, LockMode.OPTIMISTIC, false, false, 0);
    public static final TransactionOptions AUTOCOMMIT =
            new TransactionOptions(Isolation.READ_COMMITTED, LockMode.PESSIMISTIC, false, true, 0);

    private static final NodeId HOST = new NodeId(1);

    private final SimWorld world;
    private final ModelOracle oracle;
    private final ModelRegions regions;
    private final Map<NodeId, Transactions> nodes = new TreeMap<>();

    public TxnWorld(long seed, List<String> borders) {
        world = new SimWorld(seed);
        oracle = new ModelOracle(world);
        regions = new ModelRegions(borders.stream().map(ByteSlice::utf8).toList());
    }

    public SimWorld world() {
        return world;
    }

    public ModelRegions regions() {
        return regions;
    }

    public ModelStore store() {
        return regions.store();
    }

    public ModelOracle oracle() {
        return oracle;
    }

    /// The node's coordinator, started without faults if it does not run.
    public Transactions node(int id) {
        Transactions running = nodes.get(new NodeId(id));
        return running == null ? start(id, _ -> _ -> Fate.ANSWERED, TxnFaults.NONE) : running;
    }

    public Transactions start(int id, Function<Env, Faults> faults, TxnFaults txnFaults) {
        NodeId node = new NodeId(id);
        world.machine(node).start();
        Env env = world.machine(node).env();
        Transactions transactions =
                new Transactions(
                        env, oracle, regions.client(env, faults.apply(env)), () -> HOST, txnFaults);
        nodes.put(node, transactions);
        return transactions;
    }

    public Env env(int id) {
        node(id);
        return world.machine(new NodeId(id)).env();
    }

    /// Crashes the node, as soon as the running thread waits.
    public void kill(int id) {
        NodeId node = new NodeId(id);
        nodes.remove(node);
        world.after(java.time.Duration.ZERO, () -> world.machine(node).kill());
    }

    /// Runs `body` on a thread of the node and waits for it.
    public <T> T on(int id, Supplier<T> body) {
        return world.call(env(id), body);
    }

    /// Commits some puts in a transaction of their own.
    public void put(int id, Map<String, String> rows) {
        on(
                id,
                () -> {
                    Transaction transaction = node(id).begin(READ_COMMITTED);
                    transaction.beginStatement();
                    rows.forEach((key, value) -> transaction.put(key(key), key(value)));
                    return transaction.commit(io.quorate.tso.api.Timestamp.MAX);
                });
    }

    /// What a fresh snapshot on that node shows.
    public Map<String, String> read(int id, List<String> keys) {
        return on(
                id,
                () -> {
                    Transaction transaction = node(id).begin(REPEATABLE_READ);
                    transaction.beginStatement();
                    Map<String, String> rows = new TreeMap<>();
                    transaction
                            .getAll(keys.stream().map(ByteSlice::utf8).toList())
                            .forEach((key, value) -> rows.put(key.toUtf8(), value.toUtf8()));
                    transaction.rollback();
                    return rows;
                });
    }

    public static ByteSlice key(String text) {
        return ByteSlice.utf8(text);
    }

    @Override
    public void close() {
        world.close();
    }
}
