package io.quorate.region.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The rules of the protocol as text: each script in `mvcc/` runs commands on an empty region. A
/// block is commands, a line `----`, and what they print. `-Dregenerate=true` writes what they print
/// now; read the difference before committing it.
class CommandScriptTest {
    private static final Path SCRIPTS = Path.of("src", "test", "resources", "mvcc");
    private static final String RULER = "----";

    @TestFactory
    Stream<DynamicTest> everyScriptPrintsWhatItSays() throws IOException {
        List<Path> scripts;
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            scripts = files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
        }
        assertThat(scripts).hasSizeGreaterThanOrEqualTo(15);
        return scripts.stream()
                .map(script -> DynamicTest.dynamicTest(name(script), () -> check(script)));
    }

    private static void check(Path script) throws IOException {
        String expected = Files.readString(script);
        String actual = replay(expected);
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(script, actual);
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    /// The script with what its commands print now.
    private static String replay(String script) {
        ScriptWorld world = new ScriptWorld();
        StringBuilder out = new StringBuilder();
        List<String> printed = new ArrayList<>();
        boolean inOutput = false;
        for (String line : script.lines().toList()) {
            if (inOutput) {
                if (line.isBlank()) {
                    inOutput = false;
                    out.append('\n');
                }
                continue;
            }
            out.append(line).append('\n');
            if (line.equals(RULER)) {
                printed.forEach(text -> out.append(text).append('\n'));
                printed.clear();
                inOutput = true;
            } else if (!line.isBlank() && !line.startsWith("#")) {
                printed.addAll(world.run(line));
            }
        }
        assertThat(printed).as("every command stands before a ruler").isEmpty();
        return out.toString();
    }

    private static String name(Path script) {
        return String.valueOf(script.getFileName()).replace(".txt", "");
    }
}
