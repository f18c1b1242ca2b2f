/// Tests of the types.
@NullMarked
package io.quorate.sql.type;

import org.jspecify.annotations.NullMarked;
