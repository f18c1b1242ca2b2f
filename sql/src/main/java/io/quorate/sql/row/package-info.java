/// Rows and index entries as keys and values (docs/storage-format.md, "Tables").
///
/// Key = `t`, table (4 bytes), index (2 bytes), then the index's columns in memcomparable form. The
/// primary index holds the rows; without a PRIMARY KEY its key is a hidden row id. A unique entry
/// holds the primary key as its value; an entry with a NULL, or of an index that is not unique,
/// appends it to the key.
@NullMarked
package io.quorate.sql.row;

import org.jspecify.annotations.NullMarked;
