package io.quorate.tso;

import io.quorate.common.check.Check;
import io.quorate.common.error.QuorateException;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.tso.batch.SharedRounds;
import io.quorate.tso.rpc.TsoReply;
import io.quorate.tso.rpc.TsoRequest;

/// The oracle as the threads of one node see it: one request is in flight, and it fetches timestamps
/// for everybody who came before it left.
final class OracleClient implements TimestampOracle {
    private static final int CALLERS_MAX = 10_000;
    private static final int STEP = 2;

    private final OracleChannel channel;
    private final SharedRounds<Drawn> rounds = new SharedRounds<>(CALLERS_MAX, this::draw);

    /// The last value this node was given. Written by one round at a time.
    private volatile long last;

    OracleClient(OracleChannel channel) {
        this.channel = channel;
    }

    @Override
    public Timestamp next() {
        SharedRounds.Share<Drawn> share = rounds.join();
        return switch (share.result()) {
            case Drawn.Range(long first) -> new Timestamp(first + (long) STEP * share.position());
            case Drawn.Failed(QuorateException error) ->
                    throw new QuorateException(error.code(), error.message(), error);
        };
    }

    @Override
    public Timestamp lastSeen() {
        return new Timestamp(last);
    }

    private Drawn draw(int count) {
        TsoReply reply;
        try {
            reply = channel.ask(new TsoRequest.GetTimestamps(count));
        } catch (QuorateException error) {
            return new Drawn.Failed(error);
        }
        Check.that(reply instanceof TsoReply.Timestamps, "asked for timestamps, told %s", reply);
        TsoReply.Timestamps range = (TsoReply.Timestamps) reply;
        long first = range.first().value();
        Check.that(range.count() == count, "as many timestamps as asked for");
        Check.that((first & 1) == 0, "the oracle hands out even values, not %s", first);
        Check.that(first > last, "timestamps grow, but %s follows %s", first, last);
        last = first + (long) STEP * (count - 1);
        return new Drawn.Range(first);
    }

    private sealed interface Drawn {
        record Range(long first) implements Drawn {}

        record Failed(QuorateException error) implements Drawn {}
    }
}
