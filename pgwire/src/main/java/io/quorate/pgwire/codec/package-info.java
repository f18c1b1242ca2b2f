/// Between bytes and messages. Lengths are checked before anything is buffered for them.
@NullMarked
package io.quorate.pgwire.codec;

import org.jspecify.annotations.NullMarked;
