package io.quorate.sql.type;

/// `pg_type.typcategory`: the families within which operators and functions are preferred when
/// the arguments leave a choice.
public enum TypeCategory {
    ARRAY('A'),
    BOOLEAN('B'),
    COMPOSITE('C'),
    DATE_TIME('D'),
    ENUM('E'),
    NUMERIC('N'),
    PSEUDO('P'),
    STRING('S'),
    TIMESPAN('T'),
    USER('U'),
    UNKNOWN('X'),
    INTERNAL('Z');

    private final char code;

    TypeCategory(char code) {
        this.code = code;
    }

    /// The letter in `pg_type`.
    public char code() {
        return code;
    }
}
