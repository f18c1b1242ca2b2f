/// What the simulator promises.
@NullMarked
package io.quorate.sim;

import org.jspecify.annotations.NullMarked;
