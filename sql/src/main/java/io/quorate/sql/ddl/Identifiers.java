package io.quorate.sql.ddl;

import java.util.regex.Pattern;

/// Identifiers as SQL text.
public final class Identifiers {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

    private Identifiers() {}

    /// Quoted where a plain spelling would be folded or be no identifier.
    public static String quote(String name) {
        return PLAIN.matcher(name).matches() && !isReserved(name)
                ? name
                : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static boolean isReserved(String name) {
        return io.quorate.sql.parse.AstPrinter.mustQuote(name);
    }
}
