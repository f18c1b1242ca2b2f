/// One region on one node: what happens to a request at the leader, and to a log entry everywhere.
///
/// [RegionReplica] is the door. A writing request walks through [WritePipeline] (latches, snapshot,
/// command, one proposal, answer), a reading one through [ReadPipeline] (newest read timestamp, locks
/// in memory, read index, snapshot). [RegionMachine] applies the log. The rest are the parts they
/// share: [Latches], [ReadGuard], [LockWaiters], [Leadership].
@NullMarked
package io.quorate.region.replica;

import org.jspecify.annotations.NullMarked;
