/// What nodes ask the oracle's leader, and how that is put in bytes.
@NullMarked
package io.quorate.tso.rpc;

import org.jspecify.annotations.NullMarked;
