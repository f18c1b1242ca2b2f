/// Timestamps and cluster metadata as their users see them.
@NullMarked
package io.quorate.tso.api;

import org.jspecify.annotations.NullMarked;
