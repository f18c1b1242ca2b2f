package io.quorate.region.replica;

import io.quorate.common.env.Env;

/// When to give up, by the node's own clock.
public record Deadline(Env env, long atNanos) {
    public static Deadline in(Env env, long nanos) {
        return new Deadline(env, env.clock().nanos() + nanos);
    }

    /// Zero once it passed.
    public long leftNanos() {
        return Math.max(0, atNanos - env.clock().nanos());
    }
}
