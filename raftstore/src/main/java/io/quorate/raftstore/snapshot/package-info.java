/// How a replica that the log no longer reaches gets the state itself.
///
/// The leader's core decides that a follower needs a snapshot. [SnapshotSender] then goes through a
/// picture of the state machine in chunks, each with its offset and checksum, and waits for each to
/// be durable at the other end, where [SnapshotReceiver] keeps them in a [SnapshotFile]. What breaks
/// on the way goes on after the last durable chunk, as long as it is the same snapshot. When all of
/// it has come, and only then, the follower's core is told of it; what it makes of it is the driver's
/// matter: see [io.quorate.raftstore].
@NullMarked
package io.quorate.raftstore.snapshot;

import org.jspecify.annotations.NullMarked;
