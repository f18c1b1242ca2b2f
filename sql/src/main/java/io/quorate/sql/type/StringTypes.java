package io.quorate.sql.type;

import java.nio.charset.StandardCharsets;

/// The rules in which the string types differ. Lengths are counted in characters (code points).
final class StringTypes {
    static final int NAME_BYTES_MAX = 63;

    private StringTypes() {}

    /// At most `n` characters; blanks beyond are dropped, anything else beyond is 22001 unless the
    /// cast is explicit.
    static String fitVarchar(SqlType type, String value, boolean explicit) {
        if (type.typmod() < 0) {
            return value;
        }
        return cut(type, value, Typmods.length(type.typmod()), explicit);
    }

    /// Exactly `n` characters, padded with blanks.
    static String fitBpchar(SqlType type, String value, boolean explicit) {
        if (type.typmod() < 0) {
            return value;
        }
        int length = Typmods.length(type.typmod());
        String cut = cut(type, value, length, explicit);
        return cut + " ".repeat(Math.max(0, length - cut.codePointCount(0, cut.length())));
    }

    private static String cut(SqlType type, String value, int lengthMax, boolean explicit) {
        if (value.length() <= lengthMax || value.codePointCount(0, value.length()) <= lengthMax) {
            return value;
        }
        int end = value.offsetByCodePoints(0, lengthMax);
        if (!explicit) {
            for (int i = end; i < value.length(); i++) {
                if (value.charAt(i) != ' ') {
                    throw TypeErrors.tooLong(type);
                }
            }
        }
        return value.substring(0, end);
    }

    static String trimBpchar(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }

    /// A name keeps its first 63 bytes, whole characters only.
    static String fitName(String value) {
        if (value.length() * 3L <= NAME_BYTES_MAX) {
            return value;
        }
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= NAME_BYTES_MAX) {
            return value;
        }
        int end = NAME_BYTES_MAX;
        while ((utf8[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    /// `"char"` keeps the first character.
    static String fitChar(String value) {
        return value.isEmpty() ? value : value.substring(0, value.offsetByCodePoints(0, 1));
    }

    /// By code point, the order of UTF-8 bytes; `String.compareTo` differs above U+FFFF.
    static int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean aSurrogate = Character.isSurrogate(a);
                boolean bSurrogate = Character.isSurrogate(b);
                return aSurrogate == bSurrogate ? Character.compare(a, b) : aSurrogate ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
