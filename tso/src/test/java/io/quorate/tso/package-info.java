/// The oracle, from the allocator to three nodes in a simulated world.
@NullMarked
package io.quorate.tso;

import org.jspecify.annotations.NullMarked;
