package io.quorate.sql.parse.ast;

/// One SQL statement, by family. What the grammar knows and Quorate does not carry out is here all
/// the same: it is refused by name, with 0A000, by who would have to carry it out.
public sealed interface Statement extends Node
        permits Query,
                DataStatement,
                TableStatement,
                ObjectStatement,
                RoleStatement,
                TransactionStatement,
                SessionStatement,
                UtilityStatement,
                Statement.Unsupported {
    /// A statement of PostgreSQL that is recognised by its first words and read no further.
    ///
    /// @param command those words, in capitals: `CREATE TRIGGER`
    record Unsupported(String command, int position) implements Statement {}
}
