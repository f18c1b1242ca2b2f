package io.quorate.sql.parse;

/// The parsers of one text, which call each other: an expression holds queries, a query holds
/// expressions. Each knows one part of the grammar and reads from the same tokens.
final class Grammar {
    final Tokens tokens;
    final Names names;
    final TypeNames types;
    final Expressions expressions;
    final Primaries primaries;
    final Calls calls;
    final Queries queries;
    final FromClause from;
    final DataStatements data;
    final Options options;
    final Constraints constraints;
    final TableStatements tables;
    final AlterStatements alter;
    final ObjectStatements objects;
    final RoleStatements roles;
    final SessionStatements session;
    final UtilityStatements utilities;
    final Statements statements;

    Grammar(String source) {
        tokens = new Tokens(source);
        names = new Names(tokens);
        types = new TypeNames(this);
        expressions = new Expressions(this);
        primaries = new Primaries(this);
        calls = new Calls(this);
        queries = new Queries(this);
        from = new FromClause(this);
        data = new DataStatements(this);
        options = new Options(this);
        constraints = new Constraints(this);
        tables = new TableStatements(this);
        alter = new AlterStatements(this);
        objects = new ObjectStatements(this);
        roles = new RoleStatements(this);
        session = new SessionStatements(this);
        utilities = new UtilityStatements(this);
        statements = new Statements(this);
    }
}
