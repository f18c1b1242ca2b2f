/// From meaning to a way of carrying it out. [Planner] is the door; Apache Calcite lives here and
/// nowhere else, and nothing of it is in the [io.quorate.sql.exec.PhysicalPlan] that comes out.
///
/// In order: [Unnesting] turns EXISTS and IN conditions into joins; [ToCalcite] shows the relation
/// to Calcite, whose rules move filters and projections ([LogicalRules]); [PhysicalPlanner] reads
/// the result back and chooses access paths ([AccessPaths]), the order of joins ([JoinOrder]) and
/// their kinds. Subqueries that stay are plans of their own.
@NullMarked
package io.quorate.sql.plan;

import org.jspecify.annotations.NullMarked;
