/// From syntax to meaning, by PostgreSQL's rules: names become columns, operators and functions are
/// resolved by the types of their operands, untyped literals and parameters get their types, and
/// wrong SQL gets PostgreSQL's SQLSTATE, message and position.
///
/// [Binder] is the door. Below it: [Scope] knows which names are visible, [FromBinder] makes scopes,
/// [ExpressionBinder] binds one expression, [SelectBinder] a query block and [QueryBinder] what
/// stands around it; a binder per statement that changes data.
@NullMarked
package io.quorate.sql.bind;

import org.jspecify.annotations.NullMarked;
