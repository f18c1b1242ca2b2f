/// The replicated state and its file.
@NullMarked
package io.quorate.tso.meta;

import org.jspecify.annotations.NullMarked;
