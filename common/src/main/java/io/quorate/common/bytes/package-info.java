/// Immutable byte sequences in unsigned order, the only shape in which keys and values cross a door.
@NullMarked
package io.quorate.common.bytes;

import org.jspecify.annotations.NullMarked;
