/// The five things that are not ours to decide: time, chance, disk, network and threads.
///
/// All code takes them from an [Env]. On a machine that is [MachineEnv]; in a simulation it is a
/// seeded world in which a run repeats to the byte. Nothing but the server, the simulator and tests
/// makes an `Env`.
@NullMarked
package io.quorate.common.env;

import org.jspecify.annotations.NullMarked;
