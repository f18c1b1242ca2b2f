/// The bytes on the wire.
@NullMarked
package io.quorate.tso.rpc;

import org.jspecify.annotations.NullMarked;
