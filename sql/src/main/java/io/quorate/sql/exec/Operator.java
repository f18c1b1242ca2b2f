package io.quorate.sql.exec;

import org.jspecify.annotations.Nullable;

/// A step of a plan while it runs. `open` once, `next` until it gives null, `close` at any time, also
/// where `open` failed or was never called; nothing is called after `close`. The rows it gives are
/// never changed afterwards, by neither side.
interface Operator {
    void open();

    @Nullable Object @Nullable [] next();

    void close();
}
