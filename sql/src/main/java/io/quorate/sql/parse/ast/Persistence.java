package io.quorate.sql.parse.ast;

/// How long a table lives.
public enum Persistence {
    PERMANENT,
    UNLOGGED,
    TEMPORARY
}
