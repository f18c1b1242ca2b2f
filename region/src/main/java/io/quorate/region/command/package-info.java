/// The writing half of the key-value service: one class per request, each a pure function from a
/// snapshot of the region to the writes it wants and the answer it gives.
///
/// Whoever runs a command holds the latches of its keys, so that the snapshot is still true for them
/// when the writes are applied. A command that cannot be done writes nothing: its answer then holds
/// the [io.quorate.region.api.KeyError] of the first key in its way.
///
/// Every request may come twice, late, or after its transaction was decided by others. Therefore each
/// command asks first what the transaction has on the key already, and looks at other transactions
/// only afterwards.
@NullMarked
package io.quorate.region.command;

import org.jspecify.annotations.NullMarked;
