package io.quorate.sql.parse.ast;

import java.util.List;

/// An operator as it is looked up in `pg_operator`: `+`, or `OPERATOR(pg_catalog.+)` with a schema.
/// `!=` is already `<>`.
public record OperatorName(List<String> schema, String symbol, int position) implements Node {
    public OperatorName {
        schema = List.copyOf(schema);
    }

    public OperatorName(String symbol, int position) {
        this(List.of(), symbol, position);
    }
}
