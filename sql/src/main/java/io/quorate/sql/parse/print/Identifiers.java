package io.quorate.sql.parse.print;

import io.quorate.sql.parse.lex.Words;
import java.util.List;

/// Names and strings as they have to be written in SQL.
public final class Identifiers {
    private Identifiers() {}

    /// A name, in double quotes if it would not read as itself: PostgreSQL's `quote_ident`.
    public static String quote(String name) {
        return isPlain(name) && !Words.mustBeQuoted(name)
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    /// A name of several parts, each quoted where it must be.
    public static String quote(List<String> parts) {
        StringBuilder quoted = new StringBuilder();
        for (String part : parts) {
            quoted.append(quoted.isEmpty() ? "" : ".").append(quote(part));
        }
        return quoted.toString();
    }

    /// A string as a literal: PostgreSQL's `quote_literal`.
    public static String literal(String value) {
        String doubled = value.replace("'", "''");
        return doubled.indexOf('\\') < 0
                ? "'" + doubled + "'"
                : "E'" + doubled.replace("\\", "\\\\") + "'";
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || c == '_';
            if (!letter && (i == 0 || !(c >= '0' && c <= '9'))) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}
