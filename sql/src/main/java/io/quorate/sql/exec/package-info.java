/// Runs plans. A [PhysicalPlan] is immutable and may be run by many sessions at once; each run is an
/// [Execution] of its own over an [ExecutionContext].
///
/// A plan is a tree of [PlanNode] records, which say what is to be done and print themselves for
/// EXPLAIN. [Operators] turns each into an [Operator], a cursor that lives for one run: `open`,
/// `next` until null, `close`. Expressions are compiled once, at planning time, into [Evaluator]s:
/// closures over a row.
///
/// A [Frame] is one invocation of a plan or subplan: it holds the arguments of a correlated subquery
/// and what was computed once for this invocation.
@NullMarked
package io.quorate.sql.exec;

import org.jspecify.annotations.NullMarked;
