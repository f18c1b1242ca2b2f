/// Counters of one node, named `quorate_<module>_<thing>_<unit>`.
@NullMarked
package io.quorate.common.metrics;

import org.jspecify.annotations.NullMarked;
