package io.quorate.sim.check;

import org.jspecify.annotations.Nullable;

/// What an object does when it is used by one client only.
///
/// @param <S> its states, which have `equals` and `hashCode`
/// @param <A> what can be done to it, with what came out
public interface SequentialModel<S, A> {
    S initial();

    /// The state after `action`, or null if its outcome cannot come from that state. An action whose
    /// outcome is unknown fits every state.
    @Nullable S next(S state, A action);
}
