package io.quorate.sql.ddl;

import java.util.regex.Pattern;

/// Whether a stored expression speaks of a column. It errs towards yes: a string that holds the name
/// counts.
public final class ColumnUse {
    private ColumnUse() {}

    public static boolean mentions(String expressionSql, String column) {
        return Pattern.compile("(?<![A-Za-z0-9_$])" + Pattern.quote(column) + "(?![A-Za-z0-9_$])")
                .matcher(expressionSql)
                .find();
    }
}
