/// Whole clusters in the simulator: the shipped code of the stores, many seeds, faults, judges.
///
/// [SeedRunner] runs a test for many seeds and names the command that repeats a failing one. A run of
/// registers over one Raft group is put together in [RegisterRun]; other workloads are put together
/// the same way: nodes, clients that note what they saw, faults, judges.
@NullMarked
package io.quorate.tests.sim;

import org.jspecify.annotations.NullMarked;
