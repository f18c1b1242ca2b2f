/// Assertions that stay on in production. A broken invariant is never handled: it stops the node.
@NullMarked
package io.quorate.common.check;

import org.jspecify.annotations.NullMarked;
