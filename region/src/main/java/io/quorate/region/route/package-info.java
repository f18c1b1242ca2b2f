/// Finding the region of a key: the cache of descriptors and leaders, and the calls between stores.
@NullMarked
package io.quorate.region.route;

import org.jspecify.annotations.NullMarked;
