package io.quorate.sql.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.codec.ByteWriter;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.QuorateSql;
import io.quorate.sql.api.Portal;
import io.quorate.sql.api.Prepared;
import io.quorate.sql.api.ResultColumn;
import io.quorate.sql.api.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the scripts of `sessions/`, each in a session of its own over an empty database: blocks of a
/// statement, `----` and what comes back, parted by blank lines. The answers are PostgreSQL 15's;
/// blocks below a remark that begins with `# Ours:` are our own. Rewritten with
/// `-Dregenerate=true`.
final class SessionScriptTest {
    @TestFactory
    Stream<DynamicTest> scriptsAnswerAsWritten() throws IOException {
        List<Path> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            files.sorted().forEach(scripts::add);
        }
        return scripts.stream()
                .map(script ->
                        DynamicTest.dynamicTest(
                                script.getFileName().toString(), () -> run(script)));
    }

    private static Path folder() {
        Path inModule = Path.of("src/test/resources/sessions");
        return Files.isDirectory(inModule) ? inModule : Path.of("sql").resolve(inModule);
    }

    private static void run(Path script) throws IOException {
        String expected = Files.readString(script);
        StringBuilder actual = new StringBuilder();
        QuorateSql engine = new LoneNode().engine();
        try (Session session = engine.open(QuorateSql.SUPERUSER, QuorateSql.DATABASE, Map.of())) {
            for (String block : expected.strip().split("\n\n+")) {
                if (block.startsWith("#")) {
                    actual.append(block).append("\n\n");
                    continue;
                }
                String statement = block.split("\n----", 2)[0];
                String answer = String.join("\n", answer(session, statement));
                actual.append(statement).append("\n----");
                actual.append(answer.isEmpty() ? "" : "\n").append(answer).append("\n\n");
            }
        }
        String text = actual.toString().stripTrailing() + "\n";
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(script, text);
        }
        assertThat(text).isEqualTo(expected);
    }

    private static List<String> answer(Session session, String sql) {
        List<String> lines = new ArrayList<>();
        try {
            for (Session.ScriptStatement statement : session.parseScript(sql)) {
                lines.addAll(execute(session, statement));
            }
            session.sync();
            notices(session, lines);
        } catch (QuorateException error) {
            notices(session, lines);
            lines.add("ERROR " + error.code().sqlState() + ": " + error.message());
            if (error.detail() != null) {
                lines.add("DETAIL: " + error.detail());
            }
            if (error.hint() != null) {
                lines.add("HINT: " + error.hint());
            }
            session.fail();
        }
        return lines;
    }

    private static List<String> execute(Session session, Session.ScriptStatement statement) {
        List<String> rows = new ArrayList<>();
        Prepared prepared = session.prepare(statement);
        try (Portal portal = session.bind(prepared, List.of(), new boolean[0])) {
            if (portal.returnsRows()) {
                rows.add(String.join("|", names(portal.columns())));
            }
            Portal.Outcome outcome =
                    portal.execute(0, values -> rows.add(text(values, portal.columns())));
            List<String> lines = new ArrayList<>();
            notices(session, lines);
            lines.addAll(rows);
            if (outcome instanceof Portal.Outcome.Complete complete && !portal.returnsRows()) {
                lines.add(complete.tag());
            }
            return lines;
        }
    }

    private static void notices(Session session, List<String> lines) {
        for (Session.Notice notice : session.takeNotices()) {
            lines.add(notice.severity() + " " + notice.sqlState() + ": " + notice.message());
            if (notice.detail() != null) {
                lines.add("DETAIL: " + notice.detail());
            }
            if (notice.hint() != null) {
                lines.add("HINT: " + notice.hint());
            }
        }
    }

    private static List<String> names(List<ResultColumn> columns) {
        return columns.stream().map(ResultColumn::name).toList();
    }

    private static String text(@Nullable Object[] values, List<ResultColumn> columns) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            ByteWriter out = new ByteWriter(32);
            if (value != null) {
                columns.get(i).writeText(value, out);
            }
            texts.add(value == null ? "NULL" : out.toSlice().toUtf8());
        }
        return String.join("|", texts);
    }
}
