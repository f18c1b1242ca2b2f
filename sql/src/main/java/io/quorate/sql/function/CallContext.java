package io.quorate.sql.function;

import io.quorate.common.env.RandomSource;
import io.quorate.sql.type.SessionFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a function takes from the session that calls it. Times are microseconds since 2000-01-01
/// UTC.
public interface CallContext {
    /// `now()`, `transaction_timestamp()`, `current_timestamp`.
    long transactionMicros();

    /// `statement_timestamp()`.
    long statementMicros();

    /// `clock_timestamp()`, read anew at each call.
    long clockMicros();

    /// Lets time pass; ends with 57014 when the statement is cancelled.
    void sleep(long micros);

    SessionFormat format();

    RandomSource random();

    /// The value of a setting as SHOW prints it, or null where there is no such setting.
    @Nullable String setting(String name);

    /// @param local until the end of the transaction only
    void changeSetting(String name, String value, boolean local);

    String currentDatabase();

    String currentUser();

    String sessionUser();

    /// @param implicit with `pg_catalog` where the session searches it unasked
    List<String> searchPath(boolean implicit);

    int backendPid();

    CatalogLookup catalog();
}
