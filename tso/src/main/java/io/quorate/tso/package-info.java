/// The oracle: the one source of timestamps, and the few facts the whole cluster must agree on, in
/// one Raft group.
///
/// [TsoNode] assembles a node's share. `oracle` decides which timestamps may be handed out, `meta` is
/// the replicated state that makes that safe over changes of the leader, `rpc` is how other nodes ask.
@NullMarked
package io.quorate.tso;

import org.jspecify.annotations.NullMarked;
