/// Sharing one round of work among all who asked for it before it began.
@NullMarked
package io.quorate.tso.batch;

import org.jspecify.annotations.NullMarked;
