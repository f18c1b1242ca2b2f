/// The arithmetic of majorities, single and joint: what is committed, who has won.
@NullMarked
package io.quorate.raftstore.raft.quorum;

import org.jspecify.annotations.NullMarked;
