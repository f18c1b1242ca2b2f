package io.quorate.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.common.env.Env;
import io.quorate.common.env.Mailbox;
import io.quorate.common.env.Network.Service;
import io.quorate.common.env.Network.Topic;
import io.quorate.common.env.NodeId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Three nodes that do a little of everything (messages, calls, syncs, crashes): the run whose trace
/// the tests compare. Its main method prints the hashes of seeds, for another JVM to be compared with.
final class SmallWorld {
    static final List<NodeId> NODES = List.of(new NodeId(1), new NodeId(2), new NodeId(3));

    private static final Codec<ByteSlice> BYTES =
            new Codec<>() {
                @Override
                public void write(ByteSlice value, ByteWriter out) {
                    out.putBytes(value);
                }

                @Override
                public ByteSlice read(ByteReader in) {
                    return in.getBytes();
                }
            };

    static final Topic<ByteSlice> GOSSIP = new Topic<>("gossip", BYTES);
    static final Service<ByteSlice, ByteSlice> ECHO = new Service<>("echo", BYTES, BYTES);

    private SmallWorld() {}

    public static void main(String[] args) {
        for (String seed : args) {
            System.out.println(hashOf(Long.parseLong(seed)));
        }
    }

    static long hashOf(long seed) {
        try (SimWorld world = new SimWorld(seed)) {
            world.network().quality(LinkQuality.BAD);
            for (NodeId node : NODES) {
                world.machine(node).start(SmallWorld::runNode);
            }
            SimRandom faults = world.random("faults");
            for (int i = 0; i < 5; i++) {
                world.runFor(Duration.ofMillis(faults.between(1, 200)));
                SimMachine machine = world.machine(NODES.get(faults.nextInt(NODES.size())));
                machine.losePower();
                world.runFor(Duration.ofMillis(20));
                machine.restart();
            }
            world.runFor(Duration.ofMillis(200));
            return world.traceHash();
        }
    }

    static void runNode(Env env) {
        Mailbox<ByteSlice> mailbox = new Mailbox<>();
        env.network().listen(GOSSIP, (from, message) -> mailbox.post(message));
        env.network().serve(ECHO, (from, request) -> request);
        env.tasks().startLoop("log", () -> writeLog(env, mailbox));
        env.tasks().start("talk", () -> talk(env));
    }

    private static void writeLog(Env env, Mailbox<ByteSlice> mailbox) {
        try (DiskFile file = env.disk().open("log/" + env.random().nextInt(1_000))) {
            long end = 0;
            while (true) {
                List<ByteSlice> batch = new ArrayList<>();
                mailbox.drain(env, batch, 10, 5_000_000);
                for (ByteSlice message : batch) {
                    file.write(message.asByteBuffer(), end);
                    end += message.length();
                }
                file.sync();
            }
        } catch (IOException e) {
            env.halt("the log failed", e);
        }
    }

    private static void talk(Env env) {
        while (true) {
            env.tasks().sleepNanos(env.random().nextInt(3_000_000));
            NodeId to = NODES.get(env.random().nextInt(NODES.size()));
            ByteSlice text = ByteSlice.utf8("hello " + env.clock().wallMillis());
            env.network().send(to, GOSSIP, text);
            env.network().call(to, ECHO, text, 10_000_000);
        }
    }
}
