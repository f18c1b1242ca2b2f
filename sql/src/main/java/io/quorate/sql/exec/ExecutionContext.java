package io.quorate.sql.exec;

import io.quorate.sql.catalog.SystemView.SystemContext;
import io.quorate.sql.function.CallContext;
import io.quorate.txn.api.Transaction;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// What one run of a plan takes from its session.
///
/// @param parameters the values of `$1` and so on, of the plan's parameter types
/// @param system what the system views look at
/// @param hiddenRowNumbers numbers for rows without a primary key, unique in the transaction
/// @param cancelled asked now and then; true ends the run with QUERY_CANCELED
/// @param heldRowsMax how many rows sorts, joins and groups may hold together in memory; more end in
///     OUT_OF_MEMORY
public record ExecutionContext(
        Transaction transaction,
        @Nullable Object[] parameters,
        CallContext call,
        SystemContext system,
        IntSupplier hiddenRowNumbers,
        BooleanSupplier cancelled,
        long heldRowsMax) {}
