package io.quorate.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.print.AstPrinter;
import io.quorate.sql.parse.print.Identifiers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AstPrinterTest {
    @Test
    void printedStatementsParseToTheSameTree() throws IOException {
        int printed = 0;
        for (Path file : Scripts.files()) {
            for (Scripts.Case each : Scripts.read(file)) {
                for (Statement statement : statements(each.sql())) {
                    String text = print(statement);
                    if (text != null) {
                        checkRoundTrip(statement, text);
                        printed++;
                    }
                }
            }
        }
        assertThat(printed).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "a+b*2 ; (a + (b * 2))",
                "a > 1 and b is null or not c ; (((a > 1) AND (b IS NULL)) OR (NOT c))",
                "'x'::text || lower(\"A b\") ; ('x'::text || lower(\"A b\"))",
                "-5 ; (-5)",
                "cast(a as numeric(3,2)) ; (a)::numeric(3,2)",
                "nextval('s'::regclass) ; nextval('s'::regclass)",
                "now() at time zone 'utc' ; (now() AT TIME ZONE 'utc')",
                "case a when 1 then 'x' else 'y' end ; CASE a WHEN 1 THEN 'x' ELSE 'y' END",
                "x[1].f ; x[1].f",
                "left(a, 1) ; \"left\"(a, 1)",
                "extract(year from a) ; EXTRACT('year' FROM a)",
            })
    void expressionsAreBracketedAsPostgresqlDoes(String sql, String printed) {
        assertThat(AstPrinter.expression(Parser.parseExpression(sql))).isEqualTo(printed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | integer",
                "timestamp(3) with time zone | timestamp(3) with time zone",
                "char | character(1)",
                "varchar(5)[] | character varying(5)[]",
                "float(30) | double precision",
                "interval day to second(3) | interval day to second(3)",
                "myschema.mytype(1,2) | myschema.mytype(1,2)",
                "text | text",
            })
    void typesHaveTheirSqlSpelling(String sql, String printed) {
        assertThat(AstPrinter.type(Parser.parseType(sql))).isEqualTo(printed);
    }

    @Test
    void namesAreQuotedOnlyWhereTheyMustBe() {
        assertThat(Identifiers.quote("abc_1")).isEqualTo("abc_1");
        assertThat(Identifiers.quote("Abc")).isEqualTo("\"Abc\"");
        assertThat(Identifiers.quote("select")).isEqualTo("\"select\"");
        assertThat(Identifiers.quote("begin")).isEqualTo("begin");
        assertThat(Identifiers.quote("a\"b")).isEqualTo("\"a\"\"b\"");
        assertThat(Identifiers.literal("it's \\ ")).isEqualTo("E'it''s \\\\ '");
    }

    private static void checkRoundTrip(Statement statement, String text) {
        assertThatCode(() -> Parser.parseStatement(text)).as(text).doesNotThrowAnyException();
        assertThat(TreeDump.dump(Parser.parseStatement(text)))
                .as(text)
                .isEqualTo(TreeDump.dump(statement));
    }

    private static List<Statement> statements(String sql) {
        try {
            return Parser.parseScript(sql).stream().map(ParsedStatement::statement).toList();
        } catch (QuorateException refused) {
            return List.of();
        }
    }

    private static @Nullable String print(Statement statement) {
        return switch (statement) {
            case Query query -> AstPrinter.query(query);
            case DataStatement data -> AstPrinter.data(data);
            case Statement other -> null;
        };
    }
}
