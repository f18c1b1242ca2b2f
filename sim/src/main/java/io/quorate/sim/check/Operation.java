package io.quorate.sim.check;

import io.quorate.common.check.Check;

/// Something a client did to one object, and when. Times are moments of one clock that orders all
/// clients, such as the world's.
///
/// @param client who did it; a client does one thing at a time
/// @param action what was done and what came out of it
/// @param calledAt when the client began
/// @param returnedAt when the client knew the outcome, or [#NEVER]
public record Operation<A>(int client, A action, long calledAt, long returnedAt) {
    /// For an operation whose outcome is unknown: it may take effect at any time after its call.
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        Check.that(
                calledAt <= returnedAt,
                "an operation returns (%d) after its call (%d)",
                returnedAt,
                calledAt);
    }
}
