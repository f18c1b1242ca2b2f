/// Tests of the system catalogs, over schemas made by hand.
@NullMarked
package io.quorate.sql.system;

import org.jspecify.annotations.NullMarked;
