package io.quorate.sim;

import io.quorate.common.env.Env;

/// The code of a node, as a machine runs it at every start: on a thread of its own, over whatever the
/// disk holds.
@FunctionalInterface
public interface SimNode {
    void start(Env env);
}
