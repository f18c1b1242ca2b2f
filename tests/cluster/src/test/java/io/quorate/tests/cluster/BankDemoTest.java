package io.quorate.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.server.cli.QuorateCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `quorate demo bank` by its exit status.
final class BankDemoTest {
    private static final boolean FULL = Boolean.getBoolean("quorate.full");
    private static final int BOOKS_BALANCE = 0;
    private static final int BOOKS_DO_NOT_BALANCE = 1;

    private final StringWriter output = new StringWriter();

    @TempDir private Path directory = Path.of("");

    @Test
    void booksBalance() {
        assertThat(bank("--seconds", FULL ? "60" : "6")).isEqualTo(BOOKS_BALANCE);
    }

    @Test
    void booksBalanceWhileNodesAreKilled() {
        int status = bank("--seconds", FULL ? "300" : "15", "--kill-every", "3");
        assertThat(status).isEqualTo(BOOKS_BALANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"read-latest", "no-lock-check", "lost-secondary"})
    void brokenRuleIsNoticed(String fault) {
        assertThat(bank("--seconds", "10", "--break", fault)).isEqualTo(BOOKS_DO_NOT_BALANCE);
        assertThat(output.toString()).contains("THE BOOKS DO NOT BALANCE.");
    }

    @Test
    void killingAStrangersNodesIsRefused() {
        int status = bank("--url", "jdbc:postgresql://127.0.0.1:1/quorate", "--kill-every", "5");
        assertThat(status).isNotEqualTo(BOOKS_BALANCE);
        assertThat(output.toString()).doesNotContain("The bank opens");
    }

    private int bank(String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "demo";
        arguments[1] = "bank";
        arguments[2] = "--data";
        arguments[3] = directory.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return QuorateCommand.run(new PrintWriter(output), arguments);
    }
}
