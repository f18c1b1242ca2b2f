/// What other modules test with: an engine in memory that crashes like the real one.
@NullMarked
package io.quorate.region.testing;

import org.jspecify.annotations.NullMarked;
