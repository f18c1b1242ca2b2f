/// Functions, operators and aggregates: the built-in set under PostgreSQL's OIDs, what they compute,
/// and which of them a call means.
///
/// [Functions] and [Operators] are the doors of the binder: they take a name and the types of the
/// arguments (unknown for untyped literals) and answer with the routine, the types to which each
/// argument must be coerced and the type of the result, by PostgreSQL's rules. [CommonType] is the
/// same for CASE, COALESCE, UNION, VALUES and arrays. What was resolved carries an
/// [Implementation] for the executor.
///
/// Where things are: the signatures (with OIDs, strictness, volatility, commutators, …) are data,
/// in the resources `functions.tsv`, `operators.tsv` and `aggregates.tsv` of this package; each row
/// names its implementation, and a class per family (`NumberFunctions`, `TextFunctions`, …)
/// registers the implementations under these names in a [Registry].
///
/// What a function takes from its session comes through a [CallContext]; there is no static state.
@NullMarked
package io.quorate.sql.function;

import org.jspecify.annotations.NullMarked;
