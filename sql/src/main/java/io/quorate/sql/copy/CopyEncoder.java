package io.quorate.sql.copy;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes rows as lines.
public final class CopyEncoder {
    private final CopyOptions options;
    private final List<String> columns;
    private final StringBuilder line = new StringBuilder(256);

    public CopyEncoder(CopyOptions options, List<String> columns) {
        this.options = options;
        this.columns = columns;
    }

    /// The line with the columns' names.
    public ByteSlice header() {
        return row(columns.toArray(new String[0]), false);
    }

    /// One row's line; null for NULL.
    public ByteSlice row(@Nullable String[] fields) {
        return row(fields, true);
    }

    private ByteSlice row(@Nullable String[] fields, boolean mayForceQuotes) {
        line.setLength(0);
        for (int i = 0; i < fields.length; i++) {
            if (i > 0) {
                line.append(options.delimiter());
            }
            String field = fields[i];
            if (field == null) {
                line.append(options.nullText());
            } else if (options.csv()) {
                csv(field, fields.length == 1, mayForceQuotes && options.quotes(columns.get(i)));
            } else {
                text(field);
            }
        }
        line.append('\n');
        return ByteSlice.utf8(line.toString());
    }

    private void text(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\b' -> line.append("\\b");
                case '\f' -> line.append("\\f");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                case '\u000b' -> line.append("\\v");
                case '\\' -> line.append("\\\\");
                default -> {
                    if (c == options.delimiter()) {
                        line.append('\\');
                    }
                    line.append(c);
                }
            }
        }
    }

    private void csv(String field, boolean alone, boolean force) {
        boolean special =
                force
                        || field.equals(options.nullText())
                        || (alone && field.equals("\\."))
                        || field.indexOf(options.delimiter()) >= 0
                        || field.indexOf(options.quote()) >= 0
                        || field.indexOf('\n') >= 0
                        || field.indexOf('\r') >= 0;
        if (!special) {
            line.append(field);
            return;
        }
        line.append(options.quote());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == options.quote() || c == options.escape()) {
                line.append(options.escape());
            }
            line.append(c);
        }
        line.append(options.quote());
    }
}
