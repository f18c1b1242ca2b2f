package io.quorate.sql.parse.lex;

import java.util.List;

/// What the rest of the module may ask about keywords.
public final class Words {
    private Words() {}

    /// Whether this name, in lower case, is a keyword that does not read as a name everywhere.
    public static boolean mustBeQuoted(String name) {
        Keyword keyword = Keyword.of(name);
        return keyword != null && keyword.kind() != KeywordClass.UNRESERVED;
    }

    /// A keyword as `pg_get_keywords` tells of it.
    ///
    /// @param category `U` for any name, `C` for a column or table, `T` for a function or type, `R`
    ///     for none
    /// @param bareLabel whether it may name an output column without AS
    public record Word(String text, char category, boolean bareLabel) {}

    /// Every keyword, in order.
    public static List<Word> all() {
        return Keyword.all().stream().map(Words::word).toList();
    }

    private static Word word(Keyword keyword) {
        char category =
                switch (keyword.kind()) {
                    case UNRESERVED -> 'U';
                    case COLUMN_NAME -> 'C';
                    case TYPE_OR_FUNCTION_NAME -> 'T';
                    case RESERVED -> 'R';
                };
        return new Word(keyword.text(), category, keyword.bareLabel());
    }
}
