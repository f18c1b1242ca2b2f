/// A model of the regions: the promises of `region.api` in the fewest words, in memory, without
/// replication. It is what the coordinator is tested against, and a second opinion on the protocol.
@NullMarked
package io.quorate.txn.model;

import org.jspecify.annotations.NullMarked;
