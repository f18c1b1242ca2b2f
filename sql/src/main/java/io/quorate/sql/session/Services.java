package io.quorate.sql.session;

import io.quorate.common.env.Env;
import io.quorate.sql.bind.Binder;
import io.quorate.sql.ddl.DdlExecutor;
import io.quorate.sql.ddl.SchemaManager;
import io.quorate.sql.ddl.Sequences;
import io.quorate.sql.plan.Planner;
import io.quorate.txn.api.TransactionManager;

/// What all sessions of a node share.
///
/// @param heldRowsMax how many rows one statement may hold in memory
public record Services(
        Env env,
        TransactionManager transactions,
        SchemaManager schemas,
        DdlExecutor ddl,
        Sequences sequences,
        Binder binder,
        Planner planner,
        CatalogFunctions catalogFunctions,
        String database,
        long heldRowsMax) {}
