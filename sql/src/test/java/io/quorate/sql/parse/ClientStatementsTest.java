package io.quorate.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quorate.common.error.QuorateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Parses what real clients sent to PostgreSQL, where a collection of it lies in a folder
/// `shared/clients` beside one of the folders above. It is no part of the project.
class ClientStatementsTest {
    /// What the collection writes where it left out the end of a statement.
    private static final String CUT = "/* cut */";

    @Test
    void everythingThatClientsSendParses() throws IOException {
        Path folder = folder();
        assumeThat(folder).as("SKIPPED: no folder shared/clients here or above").isNotNull();
        List<String> refused = new ArrayList<>();
        int parsed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sql")).toList()) {
                for (String statement : statements(file)) {
                    if (statement.contains(CUT)) {
                        continue;
                    }
                    try {
                        Parser.parseScript(statement);
                        parsed++;
                    } catch (QuorateException error) {
                        refused.add(file.getFileName() + ": " + error.message());
                    }
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(parsed).isGreaterThan(1_000);
    }

    private static @Nullable Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path clients = at.resolve("shared/clients");
            if (Files.isDirectory(clients)) {
                return clients;
            }
        }
        return null;
    }

    private static List<String> statements(Path file) throws IOException {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("-- [") && !statement.isEmpty()) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
            statement.append(line).append('\n');
        }
        statements.add(statement.toString());
        return statements;
    }
}
