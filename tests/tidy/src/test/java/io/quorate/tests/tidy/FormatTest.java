package io.quorate.tests.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// google-java-format, AOSP style. `-Dtidy.fix=true` rewrites what differs.
class FormatTest {
    private static final boolean FIX = Boolean.getBoolean("tidy.fix");

    @Test
    void everySourceIsFormatted() throws IOException, FormatterException {
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .formatJavadoc(false)
                                .build());
        List<String> wrong = new ArrayList<>();
        for (Path file : Code.sources()) {
            String source = Code.read(file);
            String formatted =
                    formatter.formatSource(
                            ImportOrderer.reorderImports(
                                    RemoveUnusedImports.removeUnusedImports(source),
                                    JavaFormatterOptions.Style.GOOGLE));
            if (!formatted.equals(source)) {
                if (FIX) {
                    Files.writeString(file, formatted);
                } else {
                    wrong.add(file.toString());
                }
            }
        }
        assertThat(wrong).as("run: mvn -pl tests/tidy test -Dtidy.fix=true").isEmpty();
    }
}
