/// The allocator, told as scripts.
@NullMarked
package io.quorate.tso.oracle;

import org.jspecify.annotations.NullMarked;
