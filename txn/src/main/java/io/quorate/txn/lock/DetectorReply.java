package io.quorate.txn.lock;

import io.quorate.tso.api.Timestamp;
import java.util.List;

/// What the deadlock detector answers.
sealed interface DetectorReply {
    record KeepWaiting() implements DetectorReply {}

    /// The waiter is the youngest of a circle, and has to give way.
    record Deadlock(List<Timestamp> circle) implements DetectorReply {}

    /// The asked node does not lead the oracle's group.
    record NotHost() implements DetectorReply {}
}
