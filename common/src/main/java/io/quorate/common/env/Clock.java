package io.quorate.common.env;

/// Time as one node sees it. Two nodes never agree.
public interface Clock {
    /// Nanoseconds since some fixed moment of this process; never goes back; only differences mean
    /// something.
    long nanos();

    /// Milliseconds since 1970 by the wall clock, which may jump either way.
    long wallMillis();
}
