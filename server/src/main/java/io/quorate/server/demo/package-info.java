/// The bank demo: threads move money between accounts over JDBC, an auditor adds it up, nodes are
/// killed, and a verdict says whether a penny was lost. It knows the cluster as any program would, by
/// its JDBC URLs; what it checks it remembers itself.
///
/// A transfer is one transaction of two updates and one row of the ledger under an id that the demo
/// chose. [io.quorate.server.demo.TransferLog] remembers what each COMMIT answered;
/// [io.quorate.server.demo.Verdict] compares that with the ledger at the end.
@NullMarked
package io.quorate.server.demo;

import org.jspecify.annotations.NullMarked;
