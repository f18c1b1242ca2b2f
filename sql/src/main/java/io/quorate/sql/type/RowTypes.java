package io.quorate.sql.type;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The record types whose fields have names: the results of functions with several OUT parameters.
/// Values are records as of [SqlType#RECORD].
public final class RowTypes {
    /// An element of an array and its place, from 1.
    public static final SqlType EXPANDED_ELEMENT = rowType(13_902, "_pg_expandarray");

    /// A keyword of the grammar.
    public static final SqlType KEYWORD = rowType(13_903, "_pg_keyword");

    private static final Map<Integer, List<Field>> FIELDS =
            Map.of(
                    EXPANDED_ELEMENT.oid(),
                    List.of(new Field("x", SqlType.INT2), new Field("n", SqlType.INT4)),
                    KEYWORD.oid(),
                    List.of(
                            new Field("word", SqlType.TEXT),
                            new Field("catcode", SqlType.CHAR),
                            new Field("barelabel", SqlType.BOOL),
                            new Field("catdesc", SqlType.TEXT),
                            new Field("baredesc", SqlType.TEXT)));

    private RowTypes() {}

    public record Field(String name, SqlType type) {}

    /// The fields of the type's records in order, or null where they have no names.
    public static @Nullable List<Field> fieldsOf(SqlType type) {
        return FIELDS.get(type.oid());
    }

    private static SqlType rowType(int oid, String name) {
        return new SqlType(
                oid, name, TypeKind.RECORD, TypeCategory.COMPOSITE, false, -1, 0, null, -1);
    }
}
