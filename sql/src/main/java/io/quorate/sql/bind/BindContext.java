package io.quorate.sql.bind;

import io.quorate.sql.catalog.Schema;
import io.quorate.sql.type.SessionFormat;
import java.util.List;

/// What binding depends on besides the statement. A plan made under it is good for the same schema
/// version, search path and format.
///
/// @param searchPath the schemas to look in, in order; pg_catalog is found without being named
/// @param format how literals are read
public record BindContext(Schema schema, List<String> searchPath, SessionFormat format) {}
