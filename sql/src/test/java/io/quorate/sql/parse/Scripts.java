package io.quorate.sql.parse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Reads the text scripts of this package: each record is SQL, a line `----`, what comes out, and a
/// blank line. Lines that begin with `#` before the SQL are remarks and are kept.
final class Scripts {
    private static final Path FOLDER = Path.of("src/test/resources/parse");
    private static final String RULE = "----";

    private Scripts() {}

    record Case(String remarks, String sql, String expected) {}

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
    }

    static List<Case> read(Path file) throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String block : Files.readString(file).strip().split("\n\n+")) {
            int rule = block.indexOf("\n" + RULE);
            String head = rule < 0 ? block : block.substring(0, rule);
            String expected = rule < 0 ? "" : block.substring(rule + 1 + RULE.length()).strip();
            StringBuilder remarks = new StringBuilder();
            StringBuilder sql = new StringBuilder();
            for (String line : head.split("\n", -1)) {
                if (line.startsWith("#") && sql.isEmpty()) {
                    remarks.append(line).append('\n');
                } else {
                    sql.append(sql.isEmpty() ? "" : "\n").append(line);
                }
            }
            cases.add(new Case(remarks.toString(), sql.toString(), expected));
        }
        return cases;
    }

    /// Writes the file again with what comes out now.
    static void regenerate(Path file, UnaryOperator<String> output) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Case each : read(file)) {
            text.append(text.isEmpty() ? "" : "\n").append(each.remarks());
            if (!each.sql().isEmpty()) {
                text.append(each.sql()).append('\n').append(RULE).append('\n');
                text.append(output.apply(each.sql())).append('\n');
            }
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
