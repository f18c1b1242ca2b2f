/// The key-value service of a region: requests in, replies out, all of them records.
///
/// A request names the region and the epoch it was routed by. The reply is either a [RegionError],
/// which is about routing and never reaches a transaction (the client retries), or an answer to the
/// request, in which a [KeyError] tells what stood in the way of a key. The protocol is
/// transactions.md §2 in code; what each request promises when it is sent twice stands with it.
@NullMarked
package io.quorate.region.api;

import org.jspecify.annotations.NullMarked;
