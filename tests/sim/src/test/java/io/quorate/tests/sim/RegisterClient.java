package io.quorate.tests.sim;

import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import io.quorate.sim.SimRandom;
import io.quorate.sim.SimWorld;
import io.quorate.sim.check.Operation;
import io.quorate.sim.check.RegisterAction;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A client of the registers, which notes what it did and what it saw.
final class RegisterClient {
    private static final int KEYS = 6;
    private static final long TIMEOUT_NANOS = 2_000_000_000L;

    private final SimWorld world;
    private final Env env;
    private final List<NodeId> nodes;
    private final int number;
    private final SimRandom random;
    private final SortedMap<Integer, List<Operation<RegisterAction>>> history = new TreeMap<>();
    private final List<RegisterProtocol.Request> acknowledged = new ArrayList<>();
    private final long thinkNanosMax;
    private NodeId target;
    private long nextId;
    private long succeededAt;

    RegisterClient(SimWorld world, List<NodeId> nodes, int number, long thinkNanosMax) {
        this.world = world;
        this.env = world.env();
        this.nodes = nodes;
        this.number = number;
        this.random = world.random("client " + number);
        this.thinkNanosMax = thinkNanosMax;
        this.target = nodes.get(random.nextInt(nodes.size()));
        this.nextId = number * 1_000_000L + 1;
    }

    /// What it did, by register; operations of unknown outcome have no end.
    SortedMap<Integer, List<Operation<RegisterAction>>> history() {
        return history;
    }

    /// The changes that it was told are done.
    List<RegisterProtocol.Request> acknowledged() {
        return acknowledged;
    }

    /// When it was last told that something was done, in nanoseconds of the world.
    long succeededAt() {
        return succeededAt;
    }

    /// Works until the world ends.
    void run() {
        while (true) {
            env.tasks().sleepNanos(random.between(1, thinkNanosMax));
            doOnce(draw());
        }
    }

    private RegisterProtocol.Request draw() {
        int key = random.nextInt(KEYS);
        long id = nextId;
        return switch (random.nextInt(4)) {
            case 0, 1 -> new RegisterProtocol.Read(key);
            case 2 -> new RegisterProtocol.Write(nextId++, key, id);
            default -> new RegisterProtocol.CompareAndSet(nextId++, key, lastSeen(key), id);
        };
    }

    private long lastSeen(int key) {
        List<Operation<RegisterAction>> seen = history.getOrDefault(key, List.of());
        if (seen.isEmpty()) {
            return 0;
        }
        return switch (seen.getLast().action()) {
            case RegisterAction.Read read -> read.seen();
            case RegisterAction.Write write -> write.value();
            case RegisterAction.CompareAndSet set -> set.value();
        };
    }

    private void doOnce(RegisterProtocol.Request request) {
        long calledAt = world.nowNanos();
        CallResult<RegisterProtocol.Reply> result =
                env.network().call(target, RegisterProtocol.SERVICE, request, TIMEOUT_NANOS);
        switch (result) {
            case CallResult.Answered<RegisterProtocol.Reply>(RegisterProtocol.Reply reply) ->
                    take(request, reply, calledAt);
            case CallResult.NotSent<RegisterProtocol.Reply> _ -> tryElsewhere(null);
            case CallResult.NoAnswer<RegisterProtocol.Reply> _ -> {
                noteUnknown(request, calledAt);
                tryElsewhere(null);
            }
        }
    }

    private void take(
            RegisterProtocol.Request request, RegisterProtocol.Reply reply, long calledAt) {
        switch (reply) {
            case RegisterProtocol.Done(long done) -> {
                note(request.key(), action(request, done), calledAt, world.nowNanos());
                succeededAt = world.nowNanos();
                if (!(request instanceof RegisterProtocol.Read)) {
                    acknowledged.add(request);
                }
            }
            case RegisterProtocol.NotLeader(NodeId leader) -> tryElsewhere(leader);
            case RegisterProtocol.Unknown _ -> noteUnknown(request, calledAt);
        }
    }

    private void tryElsewhere(@Nullable NodeId leader) {
        target = leader != null ? leader : nodes.get(random.nextInt(nodes.size()));
    }

    private void noteUnknown(RegisterProtocol.Request request, long calledAt) {
        if (!(request instanceof RegisterProtocol.Read)) {
            note(request.key(), action(request, null), calledAt, Operation.NEVER);
        }
    }

    private void note(int key, RegisterAction action, long calledAt, long returnedAt) {
        history.computeIfAbsent(key, _ -> new ArrayList<>())
                .add(new Operation<>(number, action, calledAt, returnedAt));
    }

    private static RegisterAction action(RegisterProtocol.Request request, @Nullable Long result) {
        return switch (request) {
            case RegisterProtocol.Read _ -> new RegisterAction.Read(result == null ? 0 : result);
            case RegisterProtocol.Write write -> new RegisterAction.Write(write.value());
            case RegisterProtocol.CompareAndSet set ->
                    new RegisterAction.CompareAndSet(
                            set.expected(), set.value(), result == null ? null : result == 1);
        };
    }
}
