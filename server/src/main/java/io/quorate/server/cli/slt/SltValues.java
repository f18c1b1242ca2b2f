package io.quorate.server.cli.slt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The values of a result as sqllogictest writes them, one after the other.
final class SltValues {
    private SltValues() {}

    /// All values, row by row, in the order that the record asks for.
    static List<String> read(ResultSet rows, String types, SltRecord.Sort sort)
            throws SQLException {
        List<List<String>> read = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>(types.length());
            for (int i = 0; i < types.length(); i++) {
                row.add(format(types.charAt(i), rows.getString(i + 1)));
            }
            read.add(row);
        }
        if (sort == SltRecord.Sort.ROWSORT) {
            read.sort(SltValues::compareRows);
        }
        List<String> values = new ArrayList<>(read.size() * types.length());
        read.forEach(values::addAll);
        if (sort == SltRecord.Sort.VALUESORT) {
            Collections.sort(values);
        }
        return values;
    }

    /// `30 values hashing to 3c13dee48d9356ae19af2515e05e6b54`.
    static String hash(List<String> values) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has MD5", missing);
        }
        for (String value : values) {
            digest.update(value.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return values.size() + " values hashing to " + HexFormat.of().formatHex(digest.digest());
    }

    /// A value by the letter of its column.
    static String format(char type, @Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return switch (type) {
            case 'I' -> integer(value);
            case 'R' -> real(value);
            default -> text(value);
        };
    }

    /// What is no number counts as 0, as in SQLite; fractions are cut off.
    private static String integer(String value) {
        if (value.equals("t") || value.equals("true")) {
            return "1";
        }
        BigDecimal number = number(value);
        return number.setScale(0, RoundingMode.DOWN).toBigInteger().toString();
    }

    private static String real(String value) {
        if (value.equals("NaN") || value.endsWith("Infinity")) {
            return value;
        }
        BigDecimal rounded = number(value).setScale(3, RoundingMode.HALF_UP);
        return String.format(Locale.ROOT, "%.3f", rounded);
    }

    private static BigDecimal number(String value) {
        try {
            return new BigDecimal(value.strip());
        } catch (NumberFormatException text) {
            return BigDecimal.ZERO;
        }
    }

    private static String text(String value) {
        if (value.isEmpty()) {
            return "(empty)";
        }
        StringBuilder printable = new StringBuilder(value.length());
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            printable.append(unit >= ' ' && unit <= '~' ? (char) unit : '@');
        }
        return printable.toString();
    }

    private static int compareRows(List<String> left, List<String> right) {
        for (int i = 0; i < left.size(); i++) {
            int order = left.get(i).compareTo(right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
