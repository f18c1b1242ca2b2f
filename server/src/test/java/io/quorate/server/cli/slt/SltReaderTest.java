package io.quorate.server.cli.slt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SltReaderTest {
    @Test
    void readsStatementsAndQueriesWithTheirLines() throws IOException {
        List<SltRecord> records =
                read(
                        """
                        # a remark
                        hash-threshold 8

                        statement ok
                        CREATE TABLE t(a INTEGER,
                          b INTEGER)

                        statement error
                        SELECT broken

                        query II rowsort label-1
                        SELECT a, b
                          FROM t
                        ----
                        1
                        2
                        """);
        assertThat(records)
                .containsExactly(
                        new SltRecord.Statement(true, "CREATE TABLE t(a INTEGER,\n  b INTEGER)", 4),
                        new SltRecord.Statement(false, "SELECT broken", 8),
                        new SltRecord.Query(
                                "II",
                                SltRecord.Sort.ROWSORT,
                                "label-1",
                                "SELECT a, b\n  FROM t",
                                List.of("1", "2"),
                                11));
    }

    @Test
    void leavesOutWhatIsForOtherEngines() throws IOException {
        SltReader reader =
                reader(
                        """
                        skipif postgresql # empty RHS
                        statement ok
                        one

                        onlyif mssql
                        statement ok
                        two

                        onlyif postgresql
                        statement ok
                        three

                        skipif mysql
                        skipif sqlite
                        statement ok
                        four
                        """);
        List<String> seen = new ArrayList<>();
        for (SltRecord record = reader.next(); record != null; record = reader.next()) {
            seen.add(((SltRecord.Statement) record).sql());
        }
        assertThat(seen).containsExactly("three", "four");
        assertThat(reader.skipped()).isEqualTo(2);
    }

    @Test
    void haltEndsTheFileForItsEngineOnly() throws IOException {
        String rest = "halt\n\nstatement ok\nnever\n";
        assertThat(read("onlyif mssql\n" + rest)).hasSize(1);
        assertThat(read("onlyif postgresql\n" + rest)).isEmpty();
    }

    @Test
    void aQueryMayHaveNoValues() throws IOException {
        assertThat(read("query I nosort\nSELECT 1 WHERE 1 = 0\n----\n"))
                .containsExactly(
                        new SltRecord.Query(
                                "I",
                                SltRecord.Sort.NOSORT,
                                null,
                                "SELECT 1 WHERE 1 = 0",
                                List.of(),
                                1));
    }

    @Test
    void whatIsNoRecordIsRefusedWithItsLine() {
        assertThatThrownBy(() -> read("\nselect 1\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: unknown record \"select\"");
        assertThatThrownBy(() -> read("query X nosort\nSELECT 1\n"))
                .hasMessageContaining("the types of a query are I, R and T");
    }

    private static SltReader reader(String text) {
        return new SltReader(new StringReader(text), "postgresql");
    }

    private static List<SltRecord> read(String text) throws IOException {
        SltReader reader = reader(text);
        List<SltRecord> records = new ArrayList<>();
        for (SltRecord record = reader.next(); record != null; record = reader.next()) {
            records.add(record);
        }
        return records;
    }
}
