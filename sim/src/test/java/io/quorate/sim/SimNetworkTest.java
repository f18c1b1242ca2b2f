package io.quorate.sim;

import static io.quorate.sim.SmallWorld.ECHO;
import static io.quorate.sim.SmallWorld.GOSSIP;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimNetworkTest {
    private static final NodeId A = new NodeId(1);
    private static final NodeId B = new NodeId(2);
    private static final ByteSlice HELLO = ByteSlice.utf8("hello");
    private static final long SECOND = 1_000_000_000;

    private final SimWorld world = new SimWorld(1);
    private final List<String> got = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCallIsAnsweredByTheOtherNodeAndByOneself() {
        startBoth();
        assertThat(call(A, B)).isEqualTo(new CallResult.Answered<>(HELLO));
        assertThat(call(A, A)).isEqualTo(new CallResult.Answered<>(HELLO));
        assertThat(got).containsExactly("n1 to n2", "n1 to n1");
    }

    @Test
    void aPartitionLetsNothingThroughUntilItHeals() {
        startBoth();
        world.network().partition(List.of(A), List.of(B));
        for (int i = 0; i < 20; i++) {
            assertThat(call(A, B)).isNotInstanceOf(CallResult.Answered.class);
            world.machine(A).env().network().send(B, GOSSIP, HELLO);
        }
        world.runFor(Duration.ofSeconds(10));
        assertThat(got).isEmpty();
        world.network().heal();
        assertThat(call(A, B)).isInstanceOf(CallResult.Answered.class);
    }

    @Test
    void aOneWayCutLosesTheReplyNotTheRequest() {
        startBoth();
        world.network().cut(B, A);
        assertThat(call(A, B)).isInstanceOf(CallResult.NoAnswer.class);
        assertThat(got).containsExactly("n1 to n2");
    }

    @Test
    void aCutStopsWhatIsUnderWay() {
        startBoth();
        world.machine(A).env().network().send(B, GOSSIP, HELLO);
        world.network().cut(A, B);
        world.runFor(Duration.ofSeconds(1));
        assertThat(got).isEmpty();
    }

    @Test
    void aNotSentCallNeverRan() {
        startBoth();
        world.network().quality(LinkQuality.BAD);
        Set<Class<?>> outcomes = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            int before = got.size();
            CallResult<ByteSlice> result = call(A, B);
            outcomes.add(result.getClass());
            world.runFor(Duration.ofSeconds(5));
            switch (result) {
                case CallResult.Answered<ByteSlice> _ -> assertThat(got).hasSize(before + 1);
                case CallResult.NotSent<ByteSlice> _ -> assertThat(got).hasSize(before);
                case CallResult.NoAnswer<ByteSlice> _ ->
                        assertThat(got).hasSizeBetween(before, before + 1);
            }
        }
        assertThat(outcomes).hasSize(3);
    }

    @Test
    void messagesAreLostDoubledAndOvertaken() {
        startBoth();
        world.network().quality(LinkQuality.BAD);
        for (int i = 0; i < 1_000; i++) {
            world.machine(A).env().network().send(B, GOSSIP, ByteSlice.utf8("m" + (1_000 + i)));
        }
        world.runFor(Duration.ofSeconds(5));
        assertThat(new HashSet<>(got)).hasSizeBetween(850, 950);
        assertThat(got.size()).isGreaterThan(new HashSet<>(got).size() + 50);
        assertThat(got).isNotEqualTo(got.stream().sorted().toList());
    }

    @Test
    void aCallToAMachineThatIsDownIsNotAnswered() {
        startBoth();
        world.machine(B).kill();
        Set<Class<?>> outcomes = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(call(A, B).getClass());
        }
        assertThat(outcomes)
                .containsExactlyInAnyOrder(CallResult.NotSent.class, CallResult.NoAnswer.class);
    }

    @Test
    void aCrashWhileHandlingLeavesTheCallerWithoutAnAnswer() {
        world.machine(A).start();
        world.machine(B)
                .start(env ->
                        env.network()
                                .serve(
                                        ECHO,
                                        (from, request) -> {
                                            got.add("began");
                                            env.tasks().sleepNanos(SECOND);
                                            got.add("ended");
                                            return request;
                                        }));
        world.runFor(Duration.ofMillis(10));
        world.after(Duration.ofMillis(500), () -> world.machine(B).losePower());
        assertThat(call(A, B)).isInstanceOf(CallResult.NoAnswer.class);
        world.runFor(Duration.ofSeconds(10));
        assertThat(got).containsExactly("began");
    }

    private void startBoth() {
        world.machine(A).start(this::serve);
        world.machine(B).start(this::serve);
        world.runFor(Duration.ofMillis(10));
    }

    private void serve(Env env) {
        env.network()
                .serve(
                        ECHO,
                        (from, request) -> {
                            got.add(from + " to " + env.node());
                            return request;
                        });
        env.network().listen(GOSSIP, (from, message) -> got.add(message.toUtf8()));
    }

    private CallResult<ByteSlice> call(NodeId from, NodeId to) {
        Env env = world.machine(from).env();
        return world.call(env, () -> env.network().call(to, ECHO, HELLO, 2 * SECOND));
    }
}
