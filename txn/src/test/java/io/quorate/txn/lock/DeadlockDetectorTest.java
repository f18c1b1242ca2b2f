package io.quorate.txn.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlockDetectorTest {
    private static final long TTL_NANOS = 1_000;

    private final DeadlockDetector detector = new DeadlockDetector();

    @Test
    void theYoungestOfACircleIsToldAtItsOwnRegistration() {
        assertThat(register(3, 1, 0)).isEmpty();
        assertThat(register(2, 3, 0)).isEmpty();
        assertThat(register(1, 2, 0)).as("closes the circle but is not the youngest").isEmpty();
        assertThat(register(2, 3, 1)).isEmpty();
        assertThat(register(3, 1, 1)).containsExactly(at(3), at(1), at(2));
        assertThat(register(1, 2, 2)).as("the circle is broken").isEmpty();
    }

    @Test
    void whoeverOnlyWaitsForACircleIsNoPartOfIt() {
        register(1, 2, 0);
        assertThat(register(9, 2, 0)).isEmpty();
        assertThat(register(2, 1, 0)).containsExactly(at(2), at(1));
    }

    @Test
    void aWaitThatIsNotToldAgainIsForgotten() {
        register(1, 2, 0);
        assertThat(register(2, 1, TTL_NANOS)).isEmpty();
        assertThat(detector.size()).isEqualTo(1);
    }

    @Test
    void oneWaiterMayWaitForSeveral() {
        register(1, 7, 0);
        register(1, 5, 0);
        assertThat(register(5, 1, 0)).containsExactly(at(5), at(1));
        assertThat(register(7, 1, 0)).containsExactly(at(7), at(1));
    }

    @Test
    void whoWaitsNoMoreClosesNoCircle() {
        register(1, 2, 0);
        detector.remove(at(1));
        assertThat(register(2, 1, 0)).isEmpty();
    }

    @Test
    void messagesAreReadAsTheyWereWritten() {
        for (DetectorRequest request :
                List.of(
                        new DetectorRequest.Waits(at(1), at(2), 1_500),
                        new DetectorRequest.WaitsNoMore(at(1)))) {
            ByteWriter out = new ByteWriter();
            DetectorCodecs.service().requests().write(request, out);
            ByteReader in = new ByteReader(out.toSlice());
            assertThat(DetectorCodecs.service().requests().read(in)).isEqualTo(request);
            in.expectEnd();
        }
        for (DetectorReply reply :
                List.of(
                        new DetectorReply.KeepWaiting(),
                        new DetectorReply.Deadlock(List.of(at(1), at(2))),
                        new DetectorReply.NotHost())) {
            ByteWriter out = new ByteWriter();
            DetectorCodecs.service().replies().write(reply, out);
            ByteReader in = new ByteReader(out.toSlice());
            assertThat(DetectorCodecs.service().replies().read(in)).isEqualTo(reply);
            in.expectEnd();
        }
    }

    private List<Timestamp> register(long waiter, long holder, long nowNanos) {
        return detector.register(at(waiter), at(holder), nowNanos, TTL_NANOS);
    }

    private static Timestamp at(long value) {
        return new Timestamp(value);
    }
}
