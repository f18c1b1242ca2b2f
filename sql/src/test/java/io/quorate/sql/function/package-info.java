/// Tests of functions and operators.
@NullMarked
package io.quorate.sql.function;

import org.jspecify.annotations.NullMarked;
