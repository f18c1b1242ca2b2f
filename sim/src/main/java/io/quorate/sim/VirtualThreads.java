package io.quorate.sim;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Executor;

/// The only place that reaches into the JDK. There is no supported way to choose who runs a virtual
/// thread, but the builder of JDK 25 has a constructor for the JDK's own tests that takes an executor.
/// Needs `--add-opens java.base/java.lang=ALL-UNNAMED`.
final class VirtualThreads {
    private final Constructor<?> builder;
    private final Method afterDone;

    VirtualThreads() {
        try {
            builder =
                    Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                            .getDeclaredConstructor(Executor.class);
            builder.setAccessible(true);
            afterDone =
                    Class.forName("java.lang.VirtualThread")
                            .getDeclaredMethod("afterDone", boolean.class);
            afterDone.setAccessible(true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "simulation needs JDK 25 and --add-opens java.base/java.lang=ALL-UNNAMED", e);
        }
    }

    /// A virtual thread that runs only when someone runs what it hands to `executor`.
    Thread unstarted(String name, Executor executor, Runnable body) {
        try {
            return ((Thread.Builder.OfVirtual) builder.newInstance(executor))
                    .name(name)
                    .unstarted(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make a virtual thread", e);
        }
    }

    /// Ends an unmounted thread where it stands, without unwinding its stack: no `finally` runs, as
    /// when a machine loses its power. The JDK then forgets the thread, which it would otherwise keep
    /// reachable for ever.
    void abandon(Thread thread) {
        try {
            afterDone.invoke(thread, true);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot abandon " + thread.getName(), e);
        }
    }
}
