package io.quorate.sql.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeNames;
import io.quorate.sql.type.TypeText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions with the type and text that PostgreSQL 15 gave for them (`*.probes`, made by
/// `probes.sql`).
class ProbeTest {
    private static final Functions FUNCTIONS = Functions.builtin();

    private final TestContext context = new TestContext();

    @ParameterizedTest
    @ValueSource(strings = {"numbers", "texts", "dates", "arrays"})
    void answersAreThoseOfPostgres(String family) {
        List<String> differences = new ArrayList<>();
        int checked = 0;
        for (String line : lines(family + ".probes")) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\t", -1);
            String expected = parts[1] + "\t" + parts[2];
            String actual = answer(parts[0]);
            if (!expected.equals(actual)) {
                differences.add(parts[0] + "\n  expected " + expected + "\n  actual   " + actual);
            }
            checked++;
        }
        assertThat(String.join("\n", differences)).as("differences of " + checked).isEmpty();
        assertThat(checked).isPositive();
    }

    private String answer(String probe) {
        try {
            if (probe.startsWith("agg ")) {
                return aggregate(probe.split(" ", 5));
            }
            boolean set = probe.startsWith("set ");
            ProbeExpression.Value value =
                    new ProbeExpression(set ? probe.substring(4) : probe, FUNCTIONS, context)
                            .evaluate();
            if (set) {
                return "text\t" + rows(value);
            }
            SqlType type = value.type().withTypmod(-1);
            return show(type, value.datum());
        } catch (QuorateException e) {
            return "!" + e.code().sqlState() + "\t" + e.message().replace("\n", "\\n");
        }
    }

    private String aggregate(String[] parts) {
        SqlType type = Objects.requireNonNull(TypeNames.parse(parts[2]));
        SqlArray texts =
                (SqlArray)
                        TypeText.decode(
                                Objects.requireNonNull(SqlType.arrayOf(SqlType.TEXT)),
                                parts[3],
                                SessionFormat.DEFAULT);
        List<SqlType> types = parts.length > 4 ? List.of(type, SqlType.TEXT) : List.of(type);
        ResolvedAggregate aggregate = (ResolvedAggregate) FUNCTIONS.resolve(parts[1], types);
        Accumulator whole = aggregate.newAccumulator();
        Accumulator first = aggregate.newAccumulator();
        Accumulator second = aggregate.newAccumulator();
        for (int i = 0; i < texts.size(); i++) {
            @Nullable Object[] arguments = new Object[types.size()];
            Object text = texts.get(i);
            arguments[0] =
                    text == null
                            ? null
                            : TypeText.decode(type, (String) text, SessionFormat.DEFAULT);
            if (parts.length > 4) {
                arguments[1] = parts[4];
            }
            whole.add(arguments);
            (i < texts.size() / 2 ? first : second).add(arguments);
        }
        first.merge(second);
        String answer = show(aggregate.resultType(), whole.result());
        String merged = show(aggregate.resultType(), first.result());
        // Sums of floats depend on their order.
        boolean rounded = aggregate.resultType().name().startsWith("float");
        return rounded || answer.equals(merged) ? answer : answer + " but merged " + merged;
    }

    private static String rows(ProbeExpression.Value value) {
        List<String> rows = new ArrayList<>();
        if (value.datum() instanceof Iterator<?> iterator) {
            while (iterator.hasNext()) {
                Object row = iterator.next();
                rows.add(
                        row == null
                                ? ""
                                : TypeText.encode(value.type(), row, SessionFormat.DEFAULT));
            }
        }
        return rows.isEmpty() ? "NULL" : String.join(";", rows);
    }

    private String show(SqlType type, @Nullable Object datum) {
        String text =
                datum == null
                        ? "NULL"
                        : TypeText.encode(type, datum, context.format()).replace("\n", "\\n");
        return type.withTypmod(-1).format().replace("bpchar", "character") + "\t" + text;
    }

    private static List<String> lines(String resource) {
        try (InputStream in = ProbeTest.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
