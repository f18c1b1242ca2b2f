/// What a Raft group replicates, and what its users see of it: the doors of `raftstore` that its own
/// parts share. The store itself is assembled in `io.quorate.raftstore`.
@NullMarked
package io.quorate.raftstore.api;

import org.jspecify.annotations.NullMarked;
