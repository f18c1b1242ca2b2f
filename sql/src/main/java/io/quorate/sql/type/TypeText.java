package io.quorate.sql.type;

/// The text form of values, to the character as PostgreSQL's input and output functions have it.
public final class TypeText {
    private TypeText() {}

    public static String encode(SqlType type, Object value, SessionFormat format) {
        throw Unfinished.door();
    }

    /// Reads a value and fits it to the type's modifier as PostgreSQL's input functions do (a
    /// string too long for `varchar(n)` is 22001).
    public static Object decode(SqlType type, String text, SessionFormat format) {
        throw Unfinished.door();
    }
}
