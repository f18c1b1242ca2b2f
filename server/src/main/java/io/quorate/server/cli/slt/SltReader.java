package io.quorate.server.cli.slt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads records one by one. A record is a few lines up to a blank one; `skipif` and `onlyif` lines
/// before it say for which engines it is; `#` starts a remark.
public final class SltReader {
    private final BufferedReader lines;
    private final String engine;
    private int line;
    private long skipped;
    private boolean halted;

    /// Reads for the engine of this name, such as `postgresql`.
    public SltReader(Reader source, String engine) {
        this.lines = new BufferedReader(source);
        this.engine = engine;
    }

    /// The next record for this engine; null at the end of the file or behind `halt`.
    ///
    /// @throws IllegalArgumentException where the file is not of this format
    public @Nullable SltRecord next() throws IOException {
        boolean applies = true;
        while (!halted) {
            String text = readLine();
            if (text == null) {
                return null;
            }
            String[] words = words(text);
            switch (words[0]) {
                case "" -> {}
                case "skipif" -> applies &= !word(words, 1).equals(engine);
                case "onlyif" -> applies &= word(words, 1).equals(engine);
                case "halt" -> {
                    halted = applies;
                    applies = true;
                }
                case "hash-threshold" -> applies = true;
                case "statement" -> {
                    SltRecord record = statement(words);
                    if (applies) {
                        return record;
                    }
                    skipped++;
                    applies = true;
                }
                case "query" -> {
                    SltRecord record = query(words);
                    if (applies) {
                        return record;
                    }
                    skipped++;
                    applies = true;
                }
                default -> throw malformed("unknown record \"" + words[0] + "\"");
            }
        }
        return null;
    }

    /// How many records so far were for other engines.
    public long skipped() {
        return skipped;
    }

    private SltRecord statement(String[] words) throws IOException {
        int start = line;
        boolean succeeds =
                switch (word(words, 1)) {
                    case "ok" -> true;
                    case "error" -> false;
                    default -> throw malformed("a statement is ok or error");
                };
        return new SltRecord.Statement(succeeds, String.join("\n", block(false)), start);
    }

    private SltRecord query(String[] words) throws IOException {
        int start = line;
        String types = word(words, 1);
        if (!types.matches("[IRT]+")) {
            throw malformed("the types of a query are I, R and T");
        }
        SltRecord.Sort sort =
                switch (words.length > 2 ? words[2] : "nosort") {
                    case "nosort" -> SltRecord.Sort.NOSORT;
                    case "rowsort" -> SltRecord.Sort.ROWSORT;
                    case "valuesort" -> SltRecord.Sort.VALUESORT;
                    default -> throw malformed("unknown order \"" + words[2] + "\"");
                };
        String label = words.length > 3 ? words[3] : null;
        List<String> text = block(true);
        int rule = text.indexOf("----");
        List<String> sql = rule < 0 ? text : text.subList(0, rule);
        List<String> expected = rule < 0 ? List.of() : text.subList(rule + 1, text.size());
        return new SltRecord.Query(types, sort, label, String.join("\n", sql), expected, start);
    }

    /// The lines up to a blank one. A value may begin with `#`, so remarks are left out before the
    /// rule only.
    private List<String> block(boolean withValues) throws IOException {
        List<String> block = new ArrayList<>();
        boolean values = false;
        for (String text = readLine(); text != null && !text.isEmpty(); text = readLine()) {
            values |= withValues && text.equals("----");
            if (values || !text.startsWith("#")) {
                block.add(text);
            }
        }
        if (block.isEmpty()) {
            throw malformed("a record without SQL");
        }
        return block;
    }

    private @Nullable String readLine() throws IOException {
        String text = lines.readLine();
        line++;
        return text == null ? null : text.stripTrailing();
    }

    /// The words of a line without its remark; at least one, which may be empty.
    private static String[] words(String text) {
        int remark = text.indexOf('#');
        String clean = remark < 0 ? text : text.substring(0, remark);
        return clean.strip().split("\\s+");
    }

    private String word(String[] words, int index) {
        if (index >= words.length) {
            throw malformed("a word is missing behind \"" + words[0] + "\"");
        }
        return index == 1 && words[0].endsWith("if")
                ? words[index].toLowerCase(Locale.ROOT)
                : words[index];
    }

    private IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("line " + line + ": " + why);
    }
}
