package io.quorate.tso.batch;

import io.quorate.common.check.Check;
import io.quorate.common.env.Promise;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs rounds of some work one after the other. Whoever joins gets the result of a round that *began*
/// after the call, together with everybody else who came before it began. So one quorum round confirms
/// leadership for all waiting requests, and one request fetches timestamps for all waiting threads.
///
/// There is no thread of its own: the first to join a round runs it, once the round before has ended.
public final class SharedRounds<R> {
    private final Round<R> round;
    private final int callersMax;
    private final ReentrantLock lock = new ReentrantLock();

    /// The round that still takes callers. Guarded by `lock`, as the next.
    private @Nullable Gathering<R> gathering;

    private Promise<Boolean> lastEnded = Promise.completed(true);

    /// The work. It ends in bounded time and says in its result what went wrong.
    public interface Round<R> {
        R run(int callers);
    }

    /// A caller's part: the common result, and which of the callers it was, from 0.
    public record Share<R>(R result, int position) {}

    public SharedRounds(int callersMax, Round<R> round) {
        Check.that(callersMax > 0, "a round takes at least one caller");
        this.callersMax = callersMax;
        this.round = round;
    }

    public Share<R> join() {
        Gathering<R> mine;
        int position;
        lock.lock();
        try {
            if (gathering == null) {
                gathering = new Gathering<>(lastEnded);
                lastEnded = gathering.ended;
            }
            mine = gathering;
            position = mine.callers++;
            if (mine.callers == callersMax) {
                gathering = null;
            }
        } finally {
            lock.unlock();
        }
        if (position == 0) {
            run(mine);
        }
        Optional<R> result = mine.result.await();
        return new Share<>(
                Check.present(result.orElse(null), "a shared round ends with a result"), position);
    }

    private void run(Gathering<R> mine) {
        mine.previousEnded.await();
        try {
            mine.result.complete(Optional.of(round.run(close(mine))));
        } finally {
            // After a failure in the round nobody is left waiting; a second completion is ignored.
            mine.result.complete(Optional.empty());
            mine.ended.complete(true);
        }
    }

    private int close(Gathering<R> mine) {
        lock.lock();
        try {
            if (gathering == mine) {
                gathering = null;
            }
            return mine.callers;
        } finally {
            lock.unlock();
        }
    }

    private static final class Gathering<R> {
        final Promise<Boolean> previousEnded;
        final Promise<Boolean> ended = new Promise<>();
        final Promise<Optional<R>> result = new Promise<>();
        int callers;

        Gathering(Promise<Boolean> previousEnded) {
            this.previousEnded = previousEnded;
        }
    }
}
