package io.quorate.sql.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The text and binary forms against those PostgreSQL sent for the same values.
class WireFormsTest {
    /// The recorded answers, below one of the folders above; the test is skipped without them.
    private static final String RECORDED = "shared/clients/ENCODINGS_PG15.json";

    private static final Pattern ENTRY =
            Pattern.compile(
                    "\"sql\": \"((?:[^\"\\\\]|\\\\.)*)\", \"oid\": (\\d+), \"typmod\": (-?\\d+),"
                            + " \"typlen\": -?\\d+, \"text\": \"((?:[^\"\\\\]|\\\\.)*)\","
                            + " \"binary_hex\": \"([0-9a-f]*)\"");
    private static final Pattern LITERAL = Pattern.compile("(?s)'((?:[^']|'')*)'::(.*)");

    @Test
    void textAndBinaryAreAsPostgresSentThem() throws IOException {
        Path recorded = Path.of("").toAbsolutePath();
        while (recorded.getParent() != null && !Files.exists(recorded.resolve(RECORDED))) {
            recorded = recorded.getParent();
        }
        recorded = recorded.resolve(RECORDED);
        Assumptions.assumeTrue(
                Files.exists(recorded), "SKIPPED: no " + RECORDED + " here or above");
        Matcher entry = ENTRY.matcher(Files.readString(recorded));
        List<String> differences = new ArrayList<>();
        int checked = 0;
        while (entry.find()) {
            SqlType type = Types.byOid(Integer.parseInt(entry.group(2)));
            Matcher literal = LITERAL.matcher(unescape(entry.group(1)));
            if (type == null || !literal.matches() || type.sameTypeAs(SqlType.REGCLASS)) {
                continue;
            }
            checked++;
            check(
                    literal,
                    type.withTypmod(Integer.parseInt(entry.group(3))),
                    unescape(entry.group(4)),
                    entry.group(5),
                    differences);
        }
        assertThat(differences).isEmpty();
        assertThat(checked).isGreaterThan(140);
    }

    private static void check(
            Matcher literal, SqlType type, String text, String hex, List<String> differences) {
        String sql = literal.group();
        try {
            String input = literal.group(1).replace("''", "'");
            SqlType written = TypeNames.parse(literal.group(2));
            if (written == null || !written.sameTypeAs(type)) {
                differences.add(sql + ": type " + written);
                return;
            }
            Coercion way = Casts.find(SqlType.UNKNOWN, type, CastContext.EXPLICIT);
            Object value = way == null ? null : way.apply(input, SessionFormat.DEFAULT);
            if (value == null) {
                differences.add(sql + ": null");
                return;
            }
            compare(sql, text, TypeText.encode(type, value, SessionFormat.DEFAULT), differences);
            ByteWriter writer = new ByteWriter();
            TypeBinary.encode(type, value, writer);
            compare(sql, hex, HexFormat.of().formatHex(writer.toByteArray()), differences);
            if (type.kind() != TypeKind.RECORD) {
                Object back = TypeBinary.decode(type, ByteSlice.wrap(HexFormat.of().parseHex(hex)));
                compare(sql, text, TypeText.encode(type, back, SessionFormat.DEFAULT), differences);
            }
        } catch (RuntimeException e) {
            differences.add(sql + ": " + e);
        }
    }

    private static void compare(
            String sql, String expected, String actual, List<String> differences) {
        if (!expected.equals(actual)) {
            differences.add(sql + ": expected " + expected + ", got " + actual);
        }
    }

    private static String unescape(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                    i += 4;
                }
                default -> text.append(escaped);
            }
        }
        return text.toString();
    }
}
