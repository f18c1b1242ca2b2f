package io.quorate.sql.parse.ast;

/// The kinds of object that DROP, COMMENT, ALTER and GRANT name.
public enum ObjectKind {
    TABLE,
    COLUMN,
    INDEX,
    VIEW,
    MATERIALIZED_VIEW,
    SEQUENCE,
    SCHEMA,
    TYPE,
    DOMAIN,
    DATABASE,
    TABLESPACE,
    FOREIGN_TABLE,
    CONSTRAINT,
    DOMAIN_CONSTRAINT,
    COLLATION,
    CONVERSION,
    EXTENSION,
    STATISTICS,
    FUNCTION,
    PROCEDURE,
    ROUTINE,
    AGGREGATE,
    OPERATOR,
    OPERATOR_CLASS,
    OPERATOR_FAMILY,
    CAST,
    TRIGGER,
    RULE,
    POLICY,
    EVENT_TRIGGER,
    LANGUAGE,
    ACCESS_METHOD,
    ROLE,
    SERVER,
    FOREIGN_DATA_WRAPPER,
    PUBLICATION,
    SUBSCRIPTION,
    LARGE_OBJECT,
    TEXT_SEARCH_CONFIGURATION,
    TEXT_SEARCH_DICTIONARY,
    TEXT_SEARCH_PARSER,
    TEXT_SEARCH_TEMPLATE,
    TRANSFORM;

    /// The words of SQL: `MATERIALIZED VIEW`.
    public String sql() {
        return this == DOMAIN_CONSTRAINT ? "CONSTRAINT" : name().replace('_', ' ');
    }
}
