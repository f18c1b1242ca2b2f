package io.quorate.sql.algebra;

import io.quorate.sql.type.SqlType;

/// A column of a statement's result, as clients are told of it.
///
/// @param tableOid the table it is a plain column of, or 0
/// @param columnNumber its number in that table from 1, or 0
public record OutputColumn(String name, SqlType type, long tableOid, int columnNumber) {
    public static OutputColumn computed(String name, SqlType type) {
        return new OutputColumn(name, type, 0, 0);
    }
}
