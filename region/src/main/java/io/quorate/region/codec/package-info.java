/// Requests and replies as bytes, for the way between processes. `docs/rpc.md` describes them.
@NullMarked
package io.quorate.region.codec;

import org.jspecify.annotations.NullMarked;
