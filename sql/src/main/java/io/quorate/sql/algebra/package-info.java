/// What a statement means once its names are resolved: typed expressions ([Expr]), relations
/// ([Rel]) and whole statements ([BoundStatement]). The binder makes this tree, the planner rewrites
/// and the executor computes it; nobody looks at SQL text any more.
///
/// **Columns are numbers.** An expression stands over one row, and [Expr.ColumnRef] names a slot of
/// it. What that row is, is said by the relation that holds the expression: the input's row, or the
/// left row followed by the right one in a join.
///
/// **Subqueries are closed.** A correlated subquery never reaches out of itself: the values it needs
/// are arguments ([Expr.Subquery#arguments]), computed over the outer row like any operand, and
/// seen inside as [Expr.Correlated] by number. So every rewrite of the outer side (moving a filter,
/// reordering a join) treats a subquery as a function of its operands and needs to know nothing of
/// scopes. [Rel.Lateral] is the same for FROM.
@NullMarked
package io.quorate.sql.algebra;

import org.jspecify.annotations.NullMarked;
