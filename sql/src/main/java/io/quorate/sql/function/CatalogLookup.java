package io.quorate.sql.function;

import io.quorate.sql.type.SqlType;
import org.jspecify.annotations.Nullable;

/// What functions ask of the catalog, in the statement's snapshot of it.
public interface CatalogLookup {
    /// A type by OID, the user's own included.
    @Nullable SqlType typeByOid(int oid);

    /// The schema that new objects go to, the first of the search path that exists.
    @Nullable String currentSchema();

    /// `nextval`, `currval`, `setval` and `lastval` are the executor's; see there.
    long nextSequenceValue(long sequenceOid);

    /// 55000 where the session has not drawn from the sequence.
    long currentSequenceValue(long sequenceOid);

    void setSequenceValue(long sequenceOid, long value, boolean called);

    /// 55000 where the session has not drawn from any sequence.
    long lastSequenceValue();

    /// A function over the catalog that is not known here (`pg_get_indexdef` and the like), by its
    /// name and arguments.
    @Nullable Object describe(String function, @Nullable Object[] arguments);
}
