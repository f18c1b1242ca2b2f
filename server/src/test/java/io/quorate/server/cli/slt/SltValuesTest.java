package io.quorate.server.cli.slt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SltValuesTest {
    @ParameterizedTest
    @CsvSource({
        "I, 12, 12",
        "I, -3, -3",
        "I, 2.9999, 2",
        "I, -2.9999, -2",
        "I, 1e3, 1000",
        "I, abc, 0",
        "I, t, 1",
        "R, 1, 1.000",
        "R, 2.0005, 2.001",
        "R, -0, 0.000",
        "R, -0.0001, 0.000",
        "R, 1e10, 10000000000.000",
        "R, NaN, NaN",
        "T, abc, abc",
        "T, '', (empty)",
        "T, 'a\tb', a@b",
        "T, 'é', @@",
    })
    void valuesAreFormattedByTheLetterOfTheirColumn(char type, String value, String expected) {
        assertThat(SltValues.format(type, value)).isEqualTo(expected);
    }

    @Test
    void nullIsTheSameForAllLetters() {
        assertThat(SltValues.format('I', null)).isEqualTo("NULL");
        assertThat(SltValues.format('R', null)).isEqualTo("NULL");
        assertThat(SltValues.format('T', null)).isEqualTo("NULL");
    }

    @Test
    void hashesAreMd5OverValuesWithLineBreaks() {
        assertThat(SltValues.hash(List.of("1", "2")))
                .isEqualTo("2 values hashing to 6ddb4095eb719e2a9f0a3f95677d24e0");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://bob@host:5433/db, jdbc:postgresql://host:5433/db?user=bob",
        "postgres://host, jdbc:postgresql://host/quorate?user=quorate",
        "postgresql://bob:x@a:1/d?ssl=true, jdbc:postgresql://a:1/d?user=bob&password=x&ssl=true",
        "jdbc:postgresql://h/d, jdbc:postgresql://h/d",
    })
    void addressesOfBothSpellingsAreUnderstood(String url, String jdbc) {
        assertThat(SltUrl.toJdbc(url)).isEqualTo(jdbc);
    }

    @Test
    void otherAddressesAreRefused() {
        assertThatThrownBy(() -> SltUrl.toJdbc("mysql://h/d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgresql://user@host:port/db");
    }
}
