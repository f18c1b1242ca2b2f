package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.QuorateException;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import io.quorate.sim.check.RegisterAction;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.WaitPolicy;
import java.util.List;

/// Uses registers through transactions of one key each, on one node during one of its lives.
final class TxnRegisterClient {
    private final SimWorld world;
    private final Cluster.Node node;
    private final SimRandom random;
    private final RegisterHistory history;
    private final int number;
    private long lastSeen;

    TxnRegisterClient(
            SimWorld world,
            Cluster.Node node,
            int number,
            SimRandom random,
            RegisterHistory history) {
        this.world = world;
        this.node = node;
        this.number = number;
        this.random = random;
        this.history = history;
    }

    /// One operation; true if it was done.
    boolean operate() {
        int register = random.nextInt(BankKeys.REGISTERS);
        ByteSlice key = BankKeys.register(register);
        RegisterHistory.Call call = history.call(number, register, world.nowNanos());
        Transaction transaction =
                node.transactions()
                        .begin(Statements.KINDS.get(random.nextInt(Statements.KINDS.size())));
        try {
            switch (random.nextInt(4)) {
                case 0, 1 -> read(transaction, key, call);
                case 2 -> write(transaction, key, call);
                default -> compareAndSet(transaction, key, call);
            }
            return true;
        } catch (QuorateException error) {
            transaction.rollback();
            if (!Statements.isUnknown(error)) {
                Statements.checkAborted(error);
                history.aborted(call);
            }
            return false;
        }
    }

    private void read(Transaction transaction, ByteSlice key, RegisterHistory.Call call) {
        transaction.beginStatement();
        long seen = BankKeys.numberOf(transaction.get(key));
        transaction.rollback();
        lastSeen = seen;
        history.done(call, new RegisterAction.Read(seen), world.nowNanos());
    }

    private void write(Transaction transaction, ByteSlice key, RegisterHistory.Call call) {
        RegisterAction write = new RegisterAction.Write(call.id());
        history.tries(call, write);
        Statements.run(transaction, () -> transaction.put(key, BankKeys.number(call.id())));
        transaction.commit(Timestamp.MAX);
        history.done(call, write, world.nowNanos());
    }

    private void compareAndSet(Transaction transaction, ByteSlice key, RegisterHistory.Call call) {
        long expected = lastSeen;
        history.tries(call, new RegisterAction.CompareAndSet(expected, call.id(), null));
        boolean[] succeeds = new boolean[1];
        Statements.run(
                transaction,
                () -> {
                    ByteSlice value =
                            transaction.lock(List.of(key), WaitPolicy.WAIT).getFirst().value();
                    lastSeen = BankKeys.numberOf(value);
                    succeeds[0] = lastSeen == expected;
                    if (succeeds[0]) {
                        transaction.put(key, BankKeys.number(call.id()));
                    }
                });
        transaction.commit(Timestamp.MAX);
        history.done(
                call,
                new RegisterAction.CompareAndSet(expected, call.id(), succeeds[0]),
                world.nowNanos());
    }
}
