/// What the database knows about its own objects.
///
/// A [Schema] is one immutable, versioned picture of all tables, indexes and sequences. Every node
/// holds the newest one; a statement is bound against one picture and never sees it change. The
/// descriptors are persisted as rows of the key space itself (`CatalogStore`), written by the same
/// transactions as everything else.
@NullMarked
package io.quorate.sql.catalog;

import org.jspecify.annotations.NullMarked;
