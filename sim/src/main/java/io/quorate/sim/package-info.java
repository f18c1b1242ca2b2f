/// The simulator: a world made from one seed.
///
/// A [SimWorld] holds machines, a network between them, and one virtual clock. The code of a node is
/// the shipped code; what it gets as its [io.quorate.common.env.Env] comes from here. Its threads are
/// virtual threads that the world runs one at a time, on the thread that called
/// [SimWorld#runUntil], in an order drawn from the seed; when none can run, the clock jumps to the
/// next timer. So a run repeats to the byte, an hour takes seconds, and the world may take a machine's
/// power away between any two steps.
///
/// Threads change only where code waits: two lines without a wait between them are never interleaved.
/// Classes that share memory without locks need tests of their own.
@NullMarked
package io.quorate.sim;

import org.jspecify.annotations.NullMarked;
