package io.quorate.tests.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.util.PGInterval;

/// Every type goes in as a parameter and comes out as it was, in both forms.
@ExtendWith(ClusterExtension.class)
class TypesTest {
    private final TestCluster cluster;

    TypesTest(TestCluster cluster) {
        this.cluster = cluster;
    }

    enum Mode {
        TEXT(Map.of("prepareThreshold", "0", "binaryTransfer", "false")),
        /// Named statements and binary values from the first execution on.
        BINARY(Map.of("prepareThreshold", "-1")),
        SIMPLE(Map.of("preferQueryMode", "simple"));

        private final Map<String, String> properties;

        Mode(Map<String, String> properties) {
            this.properties = properties;
        }
    }

    private record Sample(String type, Object value, Class<?> readAs) {
        static Sample of(String type, Object value) {
            return new Sample(type, value, value.getClass());
        }
    }

    private static List<Sample> samples() {
        return List.of(
                Sample.of("bool", true),
                Sample.of("bool", false),
                new Sample("int2", (short) -32768, Short.class),
                Sample.of("int4", Integer.MAX_VALUE),
                Sample.of("int8", Long.MIN_VALUE),
                Sample.of("float4", 1.5f),
                Sample.of("float4", Float.NaN),
                Sample.of("float8", -1.25e-300),
                Sample.of("float8", Double.POSITIVE_INFINITY),
                Sample.of("numeric", new BigDecimal("12345678901234567890.000100")),
                Sample.of("numeric", new BigDecimal("-0.00000000000000000001")),
                Sample.of("numeric(10,2)", new BigDecimal("-7.25")),
                Sample.of("text", "grüße\n\t'\"\\ €"),
                Sample.of("text", ""),
                Sample.of("varchar(5)", "abcde"),
                Sample.of("char(5)", "ab   "),
                Sample.of("name", "a_name"),
                Sample.of("date", LocalDate.of(1582, 10, 15)),
                Sample.of("date", LocalDate.of(9999, 12, 31)),
                Sample.of("time", LocalTime.of(23, 59, 59, 999_999_000)),
                Sample.of("timestamp", LocalDateTime.of(2024, 2, 29, 12, 0, 0, 123_456_000)),
                Sample.of("timestamp", LocalDateTime.of(1, 1, 1, 0, 0)),
                Sample.of(
                        "timestamptz",
                        OffsetDateTime.of(2024, 6, 1, 12, 30, 0, 1_000, ZoneOffset.UTC)),
                Sample.of("uuid", UUID.fromString("00112233-4455-6677-8899-aabbccddeeff")),
                new Sample("oid", 4294967295L, Long.class));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void valuesComeBackAsTheyWere(Mode mode) throws SQLException {
        try (Connection connection = cluster.connect(mode.properties)) {
            for (Sample sample : samples()) {
                String sql = "SELECT ?::" + sample.type() + " AS v";
                try (PreparedStatement select = connection.prepareStatement(sql)) {
                    select.setObject(1, sample.value());
                    assertThat(read(select, sample.readAs()))
                            .as(sample.type())
                            .isEqualTo(sample.value());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void columnsKeepTheirValues(Mode mode) throws SQLException {
        List<Sample> samples = samples();
        String table = "types_" + mode.name().toLowerCase(Locale.ROOT);
        List<String> columns = new ArrayList<>();
        samples.forEach(sample -> columns.add("c" + columns.size() + " " + sample.type()));
        try (Connection connection = cluster.connect(mode.properties);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE "
                            + table
                            + " (id int PRIMARY KEY, "
                            + String.join(", ", columns)
                            + ")");
            String marks = "?, ".repeat(samples.size()) + "?";
            try (PreparedStatement insert =
                    connection.prepareStatement(
                            "INSERT INTO " + table + " VALUES (" + marks + ")")) {
                insert.setInt(1, 1);
                for (int i = 0; i < samples.size(); i++) {
                    insert.setObject(i + 2, samples.get(i).value());
                }
                assertThat(insert.executeUpdate()).isEqualTo(1);
                insert.setInt(1, 2);
                for (int i = 0; i < samples.size(); i++) {
                    insert.setNull(i + 2, Types.NULL);
                }
                assertThat(insert.executeUpdate()).isEqualTo(1);
            }
            try (PreparedStatement select =
                            connection.prepareStatement(
                                    "SELECT * FROM " + table + " WHERE id >= ? ORDER BY id");
                    ResultSet rows = query(select, 1)) {
                assertThat(rows.next()).isTrue();
                for (int i = 0; i < samples.size(); i++) {
                    Object value = rows.getObject(i + 2, samples.get(i).readAs());
                    assertThat(value).as(samples.get(i).type()).isEqualTo(samples.get(i).value());
                }
                assertThat(rows.next()).isTrue();
                for (int i = 0; i < samples.size(); i++) {
                    assertThat(rows.getObject(i + 2)).isNull();
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void bytesAndIntervalsAndArrays(Mode mode) throws SQLException {
        try (Connection connection = cluster.connect(mode.properties)) {
            byte[] bytes = {0, 1, -1, 127, -128, '\\', '\''};
            try (PreparedStatement select = connection.prepareStatement("SELECT ?::bytea")) {
                select.setBytes(1, bytes);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    assertThat(rows.getBytes(1)).isEqualTo(bytes);
                }
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT ?::interval")) {
                PGInterval interval = new PGInterval(1, 2, -3, 4, 5, 6.5);
                select.setObject(1, interval);
                assertThat(read(select, PGInterval.class)).isEqualTo(interval);
            }
            array(connection, "int4", new Integer[] {1, null, -3});
            array(connection, "int8", new Long[] {Long.MAX_VALUE});
            array(connection, "float8", new Double[] {0.5, Double.NaN});
            array(connection, "bool", new Boolean[] {true, null});
            array(connection, "text", new String[] {"a,b", "", "NULL", "\"q\\", null});
            array(connection, "numeric", new BigDecimal[] {new BigDecimal("1.50")});
            array(connection, "uuid", new UUID[] {new UUID(1, 2)});
            array(connection, "int4", new Integer[0]);
            array(connection, "int4", new Integer[][] {{1, 2}, {3, 4}});
        }
    }

    private static void array(Connection connection, String type, Object[] elements)
            throws SQLException {
        Array array = connection.createArrayOf(type, elements);
        try (PreparedStatement select = connection.prepareStatement("SELECT ?::" + type + "[]")) {
            select.setArray(1, array);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                assertThat((Object[]) rows.getArray(1).getArray()).isEqualTo(elements);
            }
        }
    }

    /// A typed NULL, `= ANY(array)` and a parameter whose type only its place tells.
    @ParameterizedTest
    @EnumSource(Mode.class)
    void parametersTakeTheTypeOfTheirPlace(Mode mode) throws SQLException {
        try (Connection connection = cluster.connect(mode.properties);
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT g, g * ?, coalesce(?, 'none') FROM generate_series(1, 10) g"
                                        + " WHERE g = ANY (?) ORDER BY 1 LIMIT ?")) {
            select.setInt(1, 10);
            select.setNull(2, Types.VARCHAR);
            select.setArray(3, connection.createArrayOf("int4", new Integer[] {9, 2, 5}));
            select.setInt(4, 2);
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lines.add(rows.getInt(1) + " " + rows.getInt(2) + " " + rows.getString(3));
                }
            }
            assertThat(lines).containsExactly("2 20 none", "5 50 none");
        }
    }

    private static ResultSet query(PreparedStatement select, int first) throws SQLException {
        select.setInt(1, first);
        return select.executeQuery();
    }

    private static @Nullable Object read(PreparedStatement select, Class<?> type)
            throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getObject(1, type);
        }
    }
}
