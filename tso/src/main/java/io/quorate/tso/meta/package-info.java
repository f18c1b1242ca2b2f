/// What the oracle's Raft group replicates: the timestamp limit, ids and schema leases.
@NullMarked
package io.quorate.tso.meta;

import org.jspecify.annotations.NullMarked;
