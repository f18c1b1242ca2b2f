package io.quorate.tso.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.NodeId;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;

class TsoServiceTest {
    private static final NodeId NODE = new NodeId(3);

    @Test
    void everyRequestIsReadAsItWasWritten() {
        List<TsoRequest> all =
                List.of(
                        new TsoRequest.GetTimestamps(131_072),
                        new TsoRequest.AllocateIds(1),
                        new TsoRequest.RenewSchemaLease(NODE, 77),
                        new TsoRequest.RaiseMinimumSchemaVersion(78),
                        new TsoRequest.ReleaseSchemaLeases(NODE, 79));
        all.forEach(request -> assertSame(TsoService.service().requests(), request));
    }

    @Test
    void everyReplyIsReadAsItWasWritten() {
        List<TsoReply> all =
                List.of(
                        new TsoReply.Timestamps(Timestamp.of(5, 6), 9),
                        new TsoReply.Ids(16_384),
                        new TsoReply.LeaseGranted(4, Timestamp.of(9, 0)),
                        new TsoReply.LeaseRefused(5),
                        new TsoReply.OldLeases(List.of(new OldLease(NODE, 4, Timestamp.of(9, 0)))),
                        new TsoReply.Released(),
                        new TsoReply.NotLeader(NODE),
                        new TsoReply.NotLeader(null),
                        new TsoReply.TryAgain("busy"));
        all.forEach(reply -> assertSame(TsoService.service().replies(), reply));
    }

    @Test
    void anUnknownVersionIsRefused() {
        ByteReader in = new ByteReader(ByteSlice.of(2, 1, 1));
        assertThatThrownBy(() -> TsoService.service().requests().read(in))
                .isInstanceOf(CorruptBytes.class);
    }

    private static <T> void assertSame(Codec<T> codec, T value) {
        ByteWriter out = new ByteWriter();
        codec.write(value, out);
        ByteReader in = new ByteReader(out.toSlice());
        assertThat(codec.read(in)).isEqualTo(value);
        in.expectEnd();
    }
}
