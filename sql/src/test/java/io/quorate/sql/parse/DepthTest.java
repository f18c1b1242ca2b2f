package io.quorate.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.Condition;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.print.AstPrinter;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DepthTest {
    private static final long STACK_BYTES = 1 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select %(%1%)%",
                "%(%select 1%)%",
                "select * from %(%a%)%",
                "select * from %(%select 1%)%",
                "select %case when %1% then 1 end%",
                "select %f(%1%)%",
                "select array%[%1%]%",
                "select %- %1%%",
                "select %not %a%%",
                "select a%::int%%%",
                "select %a.b || %a%%",
                "select %array(select %1%)%",
                "with a as %(with a as (%select 1%))%",
                "select 1 group by %grouping sets (%a%)%",
            })
    void tenThousandLevelsAreAnErrorNotAStackOverflow(String template) {
        String[] parts = template.split("%", -1);
        String sql = parts[0] + parts[1].repeat(10_000) + parts[2] + parts[3].repeat(10_000);
        onSmallStack(() ->
                assertThatThrownBy(() -> Parser.parseScript(sql))
                        .isInstanceOfSatisfying(
                                QuorateException.class,
                                error ->
                                        assertThat(error.code())
                                                .isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX)));
    }

    @Test
    void theDeepestTreesAreParsedAndPrintedOnASmallStack() {
        onSmallStack(() -> {
            String nested = "(".repeat(400) + "a" + " + 1)".repeat(400);
            String chain = "a" + " || 'x'".repeat(990);
            for (String sql : new String[] {nested, chain}) {
                Expression expression = Parser.parseExpression(sql);
                String printed = AstPrinter.expression(expression);
                assertThat(printed).hasSizeGreaterThanOrEqualTo(sql.length());
            }
        });
    }

    @Test
    void aHundredThousandAndsAreOneFlatCondition() {
        String sql = "a = 1" + " and a = 1".repeat(99_999);
        onSmallStack(() -> {
            Expression parsed = Parser.parseExpression(sql);
            assertThat(parsed).isInstanceOf(Condition.And.class);
            assertThat(((Condition.And) parsed).operands()).hasSize(100_000);
        });
    }

    @Test
    void aHundredThousandItemsInAListAreFine() {
        String sql = "a in (1" + ", 1".repeat(99_999) + ")";
        Expression parsed = Parser.parseExpression(sql);
        assertThat(((Condition.InList) parsed).values()).hasSize(100_000);
    }

    @Test
    void tenMegabytesOfOperatorsAreAnError() {
        assertThatThrownBy(() -> Parser.parseScript("select 1" + " + 1".repeat(2_500_000)))
                .hasMessageContaining("stack depth limit exceeded");
    }

    /// A virtual thread has no more than this either.
    private static void onSmallStack(Runnable test) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(null, test, "small-stack", STACK_BYTES);
        thread.setUncaughtExceptionHandler((ignored, error) -> failure.set(error));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        assertThat(failure.get()).isNull();
    }
}
