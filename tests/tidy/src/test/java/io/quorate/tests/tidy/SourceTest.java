package io.quorate.tests.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What every source file keeps to.
class SourceTest {
    private static final int LINES_MAX = 1000;
    private static final Pattern LEFT_OPEN =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");
    private static final Pattern QUOTED_TYPE = Pattern.compile("`([A-Z][A-Za-z]+)`");

    @Test
    void noFileIsTooLong() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Path file : Code.sources()) {
            long lines;
            try (var stream = Files.lines(file)) {
                lines = stream.count();
            }
            if (lines > LINES_MAX) {
                wrong.add(file + ": " + lines);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingIsLeftOpen() {
        List<String> wrong = new ArrayList<>();
        for (Path file : Code.sources()) {
            if (LEFT_OPEN.matcher(Code.read(file)).find()) {
                wrong.add(file.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<Path> silent = new TreeSet<>();
        for (Path file : Code.sources()) {
            Path folder = file.getParent();
            if (folder == null || !file.toString().contains("/src/main/")) {
                continue;
            }
            Path info = folder.resolve("package-info.java");
            if (!Files.exists(info)
                    || !Code.read(info).startsWith("/// ")
                    || !Code.read(info).contains("@NullMarked")) {
                silent.add(folder);
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void testsDoNotSleep() {
        List<String> wrong = new ArrayList<>();
        for (Path file : Code.sources()) {
            if (file.toString().contains("/src/test/")
                    && Code.read(file).contains("Thread" + ".sleep")) {
                wrong.add(file.toString());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theArchitecturePageNamesTypesThatExist() {
        Path page = Code.root().resolve("ARCHITECTURE.md");
        Set<String> known = new TreeSet<>();
        Pattern declared = Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z][A-Za-z]+)");
        for (Path file : Code.sources()) {
            Matcher matcher = declared.matcher(Code.read(file));
            while (matcher.find()) {
                known.add(matcher.group(1));
            }
        }
        String text = Code.read(page);
        List<String> unknown = new ArrayList<>();
        Matcher matcher = QUOTED_TYPE.matcher(text);
        while (matcher.find()) {
            if (!known.contains(matcher.group(1))) {
                unknown.add(matcher.group(1));
            }
        }
        assertThat(unknown).isEmpty();
        assertThat(text.split("\\s+").length).as("words").isLessThanOrEqualTo(2000);
    }
}
