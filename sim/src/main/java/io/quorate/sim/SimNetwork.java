package io.quorate.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import io.quorate.sim.Trace.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What lies between the machines: how well each link works, and which are cut. Nodes reach it
/// through their [Network].
public final class SimNetwork {
    /// How often a machine that is down refuses a call at once, rather than staying silent.
    private static final double REFUSED_PROBABILITY = 0.5;

    /// How often a caller learns that a lost request never left, rather than nothing.
    private static final double LOSS_KNOWN_PROBABILITY = 0.3;

    private final Scheduler scheduler;
    private final Trace trace;
    private final SimRandom random;
    private final boolean codecs;
    private final Map<NodeId, SimPort> ports = new TreeMap<>();
    private final Set<Link> cuts = new TreeSet<>();
    private final Map<Link, LinkQuality> qualities = new TreeMap<>();
    private LinkQuality quality = LinkQuality.GOOD;

    private record Link(NodeId from, NodeId to) implements Comparable<Link> {
        @Override
        public int compareTo(Link other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    /// With `codecs`, whatever crosses the network becomes bytes and is read back, as between two
    /// processes.
    SimNetwork(Scheduler scheduler, Trace trace, SimRandom random, boolean codecs) {
        this.scheduler = scheduler;
        this.trace = trace;
        this.random = random;
        this.codecs = codecs;
    }

    // What a test does to the network.

    /// Every link without a quality of its own is this good from now on.
    public void quality(LinkQuality newQuality) {
        quality = newQuality;
    }

    /// One direction of one link is this good from now on, until [#heal].
    public void quality(NodeId from, NodeId to, LinkQuality newQuality) {
        qualities.put(new Link(from, to), newQuality);
    }

    /// Nothing arrives at `to` from `from` any more, not even what is under way.
    public void cut(NodeId from, NodeId to) {
        cuts.add(new Link(from, to));
    }

    /// Cuts both directions between each machine of one side and each of the other.
    public void partition(Collection<NodeId> side, Collection<NodeId> otherSide) {
        for (NodeId one : side) {
            for (NodeId other : otherSide) {
                cut(one, other);
                cut(other, one);
            }
        }
    }

    /// Undoes every cut and every quality of single links.
    public void heal() {
        cuts.clear();
        qualities.clear();
    }

    // What ports do with it.

    void connect(SimPort port) {
        ports.put(port.node(), port);
    }

    /// The port's machine went down. Callers it has not answered learn of the broken connection or
    /// wait for nothing.
    void disconnect(SimPort port) {
        ports.remove(port.node());
        for (PendingCall<?> call : port.unanswered()) {
            if (random.chance(REFUSED_PROBABILITY)) {
                later(
                        port.node(),
                        call.caller().node(),
                        () -> call.noAnswer("the connection broke"));
            }
        }
    }

    /// Carries a request to its handler and the answer back.
    <Q, R> void request(NodeId to, Network.Service<Q, R> service, Q request, PendingCall<R> call) {
        NodeId from = call.caller().node();
        traced(Kind.SEND, service.name(), from, to);
        if (lost(from, to)) {
            if (random.chance(LOSS_KNOWN_PROBABILITY)) {
                later(to, from, () -> call.notSent("cannot reach " + to));
            }
            return;
        }
        Q received = overTheWire(from, to, service.requests(), request);
        later(from, to, () -> deliverRequest(to, service, received, call));
    }

    <Q, R> void reply(NodeId from, Network.Service<Q, R> service, R reply, PendingCall<R> call) {
        NodeId to = call.caller().node();
        if (!lost(from, to)) {
            R received = overTheWire(from, to, service.replies(), reply);
            later(
                    from,
                    to,
                    () -> {
                        if (arrives(from, to, service.name())) {
                            call.answered(received);
                        }
                    });
        }
    }

    <M> void message(NodeId from, NodeId to, Network.Topic<M> topic, M message) {
        traced(Kind.SEND, topic.name(), from, to);
        if (lost(from, to)) {
            return;
        }
        M received = overTheWire(from, to, topic.messages(), message);
        later(from, to, () -> deliverMessage(from, to, topic, received));
        if (!from.equals(to) && random.chance(qualityOf(from, to).duplicateProbability())) {
            later(from, to, () -> deliverMessage(from, to, topic, received));
        }
    }

    private <Q, R> void deliverRequest(
            NodeId to, Network.Service<Q, R> service, Q request, PendingCall<R> call) {
        NodeId from = call.caller().node();
        if (!arrives(from, to, service.name())) {
            return;
        }
        SimPort port = ports.get(to);
        if (port == null) {
            if (random.chance(REFUSED_PROBABILITY)) {
                later(to, from, () -> call.notSent(to + " is down"));
            }
        } else if (!port.handle(service, from, request, call)) {
            later(to, from, () -> call.notSent(to + " does not serve " + service.name()));
        }
    }

    private <M> void deliverMessage(NodeId from, NodeId to, Network.Topic<M> topic, M message) {
        SimPort port = ports.get(to);
        if (arrives(from, to, topic.name()) && port != null) {
            port.receive(topic, from, message);
        }
    }

    private void later(NodeId from, NodeId to, Runnable arrival) {
        long latency = from.equals(to) ? 0 : qualityOf(from, to).drawLatencyNanos(random);
        scheduler.after(latency, arrival);
    }

    private boolean lost(NodeId from, NodeId to) {
        if (from.equals(to)) {
            return false;
        }
        boolean lost =
                cuts.contains(new Link(from, to))
                        || random.chance(qualityOf(from, to).lossProbability());
        if (lost) {
            traced(Kind.DROP, "lost", from, to);
        }
        return lost;
    }

    /// False if the link was cut while the message was under way.
    private boolean arrives(NodeId from, NodeId to, String name) {
        boolean arrives = !cuts.contains(new Link(from, to));
        traced(arrives ? Kind.DELIVER : Kind.DROP, name, from, to);
        return arrives;
    }

    private LinkQuality qualityOf(NodeId from, NodeId to) {
        return qualities.isEmpty() ? quality : qualities.getOrDefault(new Link(from, to), quality);
    }

    private <T> T overTheWire(NodeId from, NodeId to, Codec<T> codec, T value) {
        if (!codecs || from.equals(to)) {
            return value;
        }
        ByteWriter out = new ByteWriter();
        codec.write(value, out);
        ByteSlice bytes = out.toSlice();
        trace.add(Kind.BYTES, scheduler.nowNanos(), "", bytes.length(), bytes.hashCode());
        ByteReader in = new ByteReader(bytes);
        T read = codec.read(in);
        in.expectEnd();
        return read;
    }

    private void traced(Kind kind, String name, NodeId from, NodeId to) {
        trace.add(kind, scheduler.nowNanos(), name, from.value(), to.value());
    }
}
