package io.quorate.common.env;

/// The clocks of the JVM.
public final class MachineClock implements Clock {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }
}
