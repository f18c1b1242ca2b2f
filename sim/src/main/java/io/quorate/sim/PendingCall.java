package io.quorate.sim;

import io.quorate.common.env.Network.CallResult;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A call somebody waits for. The first outcome counts; what comes after the caller's patience ended
/// is ignored.
final class PendingCall<R> {
    private final SimPort caller;
    private final Thread waiting = Thread.currentThread();
    private @Nullable CallResult<R> result;

    PendingCall(SimPort caller) {
        this.caller = caller;
    }

    SimPort caller() {
        return caller;
    }

    @Nullable CallResult<R> result() {
        return result;
    }

    void answered(R reply) {
        settle(new CallResult.Answered<>(reply));
    }

    void notSent(String why) {
        settle(new CallResult.NotSent<>(why));
    }

    void noAnswer(String why) {
        settle(new CallResult.NoAnswer<>(why));
    }

    private void settle(CallResult<R> outcome) {
        if (result == null) {
            result = outcome;
            LockSupport.unpark(waiting);
        }
    }
}
