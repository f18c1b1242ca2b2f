/// What stores send each other, and its bytes as described in `docs/rpc.md`.
@NullMarked
package io.quorate.raftstore.wire;

import org.jspecify.annotations.NullMarked;
