/// Whole clusters in the simulator: the shipped code, many seeds, faults, judges.
///
/// [SeedRunner] runs a test for many seeds and names the command that repeats a failing one. There are
/// three runs, each put together of nodes, clients that note what they saw, faults, and judges:
///
/// - [RegisterRun]: registers over one Raft group, on the Raft stores alone;
/// - [BankRun]: transfers, audits and registers in transactions over several regions, on a [Cluster];
/// - [SqlRun]: the same bank in SQL.
///
/// A new workload is a class like [BankClient], whose methods do one piece of work, started as a
/// [Worker] in each life of a node.
@NullMarked
package io.quorate.tests.sim;

import org.jspecify.annotations.NullMarked;
