package io.quorate.sql.parse.lex;

/// What the rest of the module may ask about keywords.
public final class Words {
    private Words() {}

    /// Whether this name, in lower case, is a keyword that does not read as a name everywhere.
    public static boolean mustBeQuoted(String name) {
        Keyword keyword = Keyword.of(name);
        return keyword != null && keyword.kind() != KeywordClass.UNRESERVED;
    }
}
