/// The one exception that reaches a user, and the table of its codes.
@NullMarked
package io.quorate.common.error;

import org.jspecify.annotations.NullMarked;
