package io.quorate.sql.exec;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One invocation of a plan: the whole statement's, or one of a subquery's for one set of arguments.
/// Used by one thread.
final class Frame {
    private final Run run;
    private final @Nullable Frame outer;
    private final @Nullable Object[] arguments;
    // Looked up by key only, never walked.
    private final Map<Object, Object> computed = new HashMap<>();

    private Frame(Run run, @Nullable Frame outer, @Nullable Object[] arguments) {
        this.run = run;
        this.outer = outer;
        this.arguments = arguments;
    }

    static Frame ofStatement(Run run) {
        return new Frame(run, null, new Object[0]);
    }

    /// For a subquery invoked from this frame.
    Frame invoke(@Nullable Object[] newArguments) {
        return new Frame(run, this, newArguments);
    }

    Run run() {
        return run;
    }

    ExecutionContext context() {
        return run.context();
    }

    @Nullable Object argument(int index) {
        return arguments[index];
    }

    Frame statement() {
        Frame frame = this;
        while (frame.outer != null) {
            frame = frame.outer;
        }
        return frame;
    }

    /// What was put under the key in this frame or one around it.
    @Nullable Object find(Object key) {
        for (Frame frame = this; frame != null; frame = frame.outer) {
            Object found = frame.computed.get(key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    void put(Object key, Object value) {
        computed.put(key, value);
    }

    void remove(Object key) {
        computed.remove(key);
    }

    /// What this frame keeps under the key, made when first asked for.
    @SuppressWarnings("unchecked")
    <T> T kept(Object key, Supplier<T> maker) {
        Object found = computed.get(key);
        if (found == null) {
            found = maker.get();
            computed.put(key, found);
        }
        return (T) found;
    }
}
