package io.quorate.sql.system;

import io.quorate.common.check.Check;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the data files of this package.
final class Resources {
    private Resources() {}

    /// The lines that are neither empty nor comments.
    static List<String> lines(String resource) {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Resources.class.getResourceAsStream(resource)) {
            InputStream present = Check.present(in, "the jar holds its resources");
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(present, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource, unreadable);
        }
        return lines;
    }

    /// The fields of each line of a file whose fields are parted by tabs.
    static List<String[]> table(String resource) {
        return lines(resource).stream().map(line -> line.split("\t")).toList();
    }
}
