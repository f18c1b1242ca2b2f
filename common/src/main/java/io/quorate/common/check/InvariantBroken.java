package io.quorate.common.check;

/// A promise of the code to itself was broken. Nobody catches this but the outermost frame of a
/// loop, which stops the node: going on would spread the damage.
public final class InvariantBroken extends Error {
    public InvariantBroken(String message) {
        super(message);
    }
}
