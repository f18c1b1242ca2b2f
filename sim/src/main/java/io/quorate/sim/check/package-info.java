/// Judges of histories: what clients saw, without a look inside the system.
///
/// [LinearizabilityChecker] judges single objects (registers), [ListAppendChecker] transactions over
/// lists. An operation whose outcome the client never learned must be recorded as unknown, not as
/// failed: a failed one is taken to have had no effect, and the judgement would be wrong.
@NullMarked
package io.quorate.sim.check;

import org.jspecify.annotations.NullMarked;
