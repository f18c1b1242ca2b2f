package io.quorate.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.error.QuorateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The grammar by example: `src/test/resources/parse/*.txt`. The errors and their positions in them
/// are those of PostgreSQL 15. `-Dregenerate=true` writes the files again.
class ParserScriptTest {
    @TestFactory
    List<DynamicTest> scriptsComeOutAsWritten() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Scripts.files()) {
            if (Boolean.getBoolean("regenerate")) {
                Scripts.regenerate(file, ParserScriptTest::output);
            }
            for (Scripts.Case each : Scripts.read(file)) {
                if (!each.sql().isEmpty()) {
                    tests.add(
                            DynamicTest.dynamicTest(
                                    file.getFileName() + ": " + each.sql(),
                                    () ->
                                            assertThat(output(each.sql()))
                                                    .isEqualTo(each.expected())));
                }
            }
        }
        return tests;
    }

    private static String output(String sql) {
        try {
            StringJoiner trees = new StringJoiner("\n");
            for (ParsedStatement parsed : Parser.parseScript(sql)) {
                trees.add(TreeDump.dump(parsed.statement()));
            }
            return trees.toString();
        } catch (QuorateException error) {
            String hint = error.hint() == null ? "" : "\nHINT: " + error.hint();
            return "ERROR "
                    + error.code().sqlState()
                    + ": "
                    + error.message()
                    + " @"
                    + error.position()
                    + hint;
        }
    }
}
