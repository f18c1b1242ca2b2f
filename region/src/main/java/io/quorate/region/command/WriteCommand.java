package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.RegionReply;
import io.quorate.region.mvcc.MvccReader;
import java.util.List;

/// A request that may write.
public interface WriteCommand {
    /// The keys it reads and writes: it runs under their latches.
    List<ByteSlice> keys();

    Outcome evaluate(MvccReader reader);

    /// Whether the answer may be given once a majority confirms the leader, before what the command
    /// writes is durable: whoever builds on it checks at commit that it was not lost.
    default boolean isAnsweredEarly() {
        return false;
    }

    /// What is to be written, in one step, and what is answered once it is.
    record Outcome(EngineBatch writes, RegionReply.Answer reply) {
        /// An answer that changes nothing.
        static Outcome unchanged(RegionReply.Answer reply) {
            return new Outcome(new EngineBatch(), reply);
        }
    }
}
