package io.quorate.sql.parse.ast;

import java.util.List;

/// A name with what stands before its dots: `schema.table`, `pg_catalog.int4`.
public record QualifiedName(List<String> parts, int position) implements Node {
    public QualifiedName {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a name has at least one part");
        }
    }

    /// A name in `pg_catalog`, as the grammar itself makes them (`int` is `pg_catalog.int4`).
    public static QualifiedName system(String name, int position) {
        return new QualifiedName(List.of("pg_catalog", name), position);
    }

    /// The part after the last dot.
    public String last() {
        return parts.getLast();
    }

    /// The parts before the last dot.
    public List<String> qualifier() {
        return parts.subList(0, parts.size() - 1);
    }
}
