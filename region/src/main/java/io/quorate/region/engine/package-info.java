/// The storage engine of a node: RocksDB, which appears nowhere else.
@NullMarked
package io.quorate.region.engine;

import org.jspecify.annotations.NullMarked;
