/// Which timestamps may be handed out: arithmetic over two clocks and a replicated limit.
@NullMarked
package io.quorate.tso.oracle;

import org.jspecify.annotations.NullMarked;
