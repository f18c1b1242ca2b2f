package io.quorate.sql.session;

import io.quorate.sql.catalog.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions over the catalog, such as `pg_get_indexdef` and `format_type`.
public interface CatalogFunctions {
    /// The answer of a function of that name, against one schema.
    @Nullable Object call(
            String function, @Nullable Object[] arguments, Schema schema, List<String> searchPath);

    /// The names behind the `reg…` types in one schema.
    io.quorate.sql.type.ObjectNames names(Schema schema, List<String> searchPath);
}
