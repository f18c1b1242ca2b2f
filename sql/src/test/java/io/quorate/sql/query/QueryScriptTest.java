package io.quorate.sql.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the scripts of `queries/` and `plans/`: blocks of a statement, `----` and what it answers,
/// parted by blank lines. `table …` defines a table, `explain …` answers the plan. The answers in
/// `queries/` are PostgreSQL 15's; those in `plans/` our own, rewritten with `-Dregenerate=true`.
final class QueryScriptTest {
    @TestFactory
    Stream<DynamicTest> scriptsAnswerAsWritten() throws IOException {
        List<Path> scripts = new ArrayList<>();
        for (String folder : List.of("queries", "plans")) {
            try (Stream<Path> files = Files.list(resources().resolve(folder))) {
                files.sorted().forEach(scripts::add);
            }
        }
        return scripts.stream()
                .map(script ->
                        DynamicTest.dynamicTest(
                                script.getFileName().toString(), () -> run(script)));
    }

    private static Path resources() {
        Path inModule = Path.of("src/test/resources");
        return Files.isDirectory(inModule) ? inModule : Path.of("sql/src/test/resources");
    }

    private static void run(Path script) throws IOException {
        String expected = Files.readString(script);
        StringBuilder actual = new StringBuilder();
        TestDatabase database = new TestDatabase();
        for (String block : expected.strip().split("\n\n+")) {
            if (block.startsWith("#") || block.startsWith("table ")) {
                block.lines().filter(line -> line.startsWith("table ")).forEach(database::define);
                actual.append(block).append("\n\n");
                continue;
            }
            String statement = block.split("\n----", 2)[0];
            String answer =
                    statement.startsWith("explain ")
                            ? String.join("\n", database.explain(statement.substring(8)))
                            : database.run(statement);
            actual.append(statement).append("\n----\n").append(answer).append("\n\n");
        }
        String text = actual.toString().stripTrailing() + "\n";
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(script, text);
        }
        assertThat(text).isEqualTo(expected);
    }
}
