/// The text and csv formats of COPY, in both directions, as PostgreSQL's manual describes them under
/// COPY, "File Formats". Fields here are strings; what they mean is their column's business.
@NullMarked
package io.quorate.sql.copy;

import org.jspecify.annotations.NullMarked;
