/// What a leader knows about the other members: who they are, and how far each one's log is.
@NullMarked
package io.quorate.raftstore.raft.progress;

import org.jspecify.annotations.NullMarked;
