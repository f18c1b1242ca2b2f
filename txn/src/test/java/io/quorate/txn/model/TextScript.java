package io.quorate.txn.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A test told as text: blocks of command lines, `----`, and what they printed. Lines that start with
/// `#` are the story. With `-Dregenerate=true` the outputs are written anew; read the diff.
public final class TextScript {
    private static final String SEPARATOR = "----";

    private TextScript() {}

    /// Runs every command line of the file through `command`; what it returns, if not empty, is the
    /// output.
    public static void run(String resource, Function<String, String> command) throws IOException {
        Path path = Path.of("src/test/resources").resolve(resource);
        String expected = Files.readString(path);
        String actual = replay(expected, command);
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(path, actual);
        } else {
            assertThat(actual).as(resource).isEqualTo(expected);
        }
    }

    private static String replay(String script, Function<String, String> command) {
        List<String> out = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        boolean skipping = false;
        for (String line : script.lines().toList()) {
            if (skipping) {
                skipping = !line.isBlank();
                if (!skipping) {
                    out.add("");
                }
            } else if (line.equals(SEPARATOR)) {
                out.add(line);
                out.addAll(outputs);
                outputs.clear();
                skipping = true;
            } else {
                out.add(line);
                if (!line.isBlank() && !line.startsWith("#")) {
                    String output = command.apply(line);
                    if (!output.isEmpty()) {
                        outputs.add(output);
                    }
                }
            }
        }
        return String.join("\n", out) + "\n";
    }
}
