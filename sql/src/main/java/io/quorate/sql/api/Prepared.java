package io.quorate.sql.api;

import java.util.List;

/// A planned statement. It stays usable when the schema changes: it is planned anew then, and refuses
/// with FEATURE_NOT_SUPPORTED ("cached plan must not change result type") if its columns changed.
public interface Prepared {
    /// The type OID of each parameter.
    int[] parameterTypes();

    /// The columns it returns; empty for a statement without rows, and then [#returnsRows] is false.
    List<ResultColumn> columns();

    boolean returnsRows();

    /// True for a statement of nothing.
    boolean isEmpty();
}
