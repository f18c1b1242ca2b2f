/// The stored form of what the database knows about its objects.
@NullMarked
package io.quorate.sql.catalog;

import org.jspecify.annotations.NullMarked;
