package io.quorate.sql.function;

import io.quorate.common.check.Check;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the data files of this package and joins them with the registered implementations. A row
/// without an implementation is a mistake of the build, found by the first test that runs.
final class Tables {
    private final Registry registry;

    Tables(Registry registry) {
        this.registry = registry;
    }

    /// `oid name arguments variadic result strict volatility set implementation`.
    Map<Integer, Routine> functions() {
        Map<Integer, Routine> functions = new LinkedHashMap<>();
        List<String[]> rows = new ArrayList<>(rows("functions.tsv"));
        rows.addAll(rows("further-functions.tsv"));
        for (String[] row : rows) {
            SqlFunction.Binding binding =
                    Check.present(registry.functionNamed(row[8]), "implemented: " + row[8]);
            int oid = Integer.parseInt(row[0]);
            SqlFunction function =
                    new SqlFunction(
                            oid,
                            row[1],
                            types(row[2]),
                            row[3].equals("t"),
                            type(row[4]),
                            row[5].equals("t"),
                            Volatility.of(row[6]),
                            row[7].equals("t"),
                            binding);
            functions.put(oid, function);
        }
        return functions;
    }

    /// `oid name arguments variadic result`.
    Map<Integer, Routine> aggregates() {
        Map<Integer, Routine> aggregates = new LinkedHashMap<>();
        for (String[] row : rows("aggregates.tsv")) {
            AggregateFunction.Factory factory =
                    Check.present(registry.aggregateNamed(row[1]), "implemented: " + row[1]);
            int oid = Integer.parseInt(row[0]);
            aggregates.put(
                    oid,
                    new AggregateFunction(
                            oid, row[1], types(row[2]), row[3].equals("t"), type(row[4]), factory));
        }
        return aggregates;
    }

    /// `oid name arguments result`.
    Map<Integer, Routine> windows() {
        Map<Integer, Routine> windows = new LinkedHashMap<>();
        for (String[] row : rows("windows.tsv")) {
            int oid = Integer.parseInt(row[0]);
            windows.put(oid, new WindowFunction(oid, row[1], types(row[2]), type(row[3])));
        }
        return windows;
    }

    /// `oid symbol left right result function commutator negator`.
    List<SqlOperator> operators(Map<Integer, Routine> functions) {
        List<SqlOperator> operators = new ArrayList<>();
        for (String[] row : rows("operators.tsv")) {
            Routine routine = functions.get(Integer.parseInt(row[5]));
            if (!(routine instanceof SqlFunction function)) {
                throw Check.unreachable("operator " + row[0] + " has its function");
            }
            SqlType left = row[2].equals("-") ? null : type(row[2]);
            operators.add(
                    new SqlOperator(
                            Integer.parseInt(row[0]),
                            row[1],
                            left,
                            type(row[3]),
                            type(row[4]),
                            function,
                            Integer.parseInt(row[6]),
                            Integer.parseInt(row[7])));
        }
        return operators;
    }

    private static List<SqlType> types(String names) {
        List<SqlType> types = new ArrayList<>();
        for (String name : names.split(",")) {
            if (!name.equals("-")) {
                types.add(type(name));
            }
        }
        return List.copyOf(types);
    }

    private static SqlType type(String name) {
        @Nullable SqlType type = Types.byName(name);
        return Check.present(type, "the data files name known types: " + name);
    }

    private static List<String[]> rows(String resource) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream in = Tables.class.getResourceAsStream(resource)) {
            InputStream present = Check.present(in, "the jar holds its resources");
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(present, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    rows.add(line.split("\t"));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(resource, unreadable);
        }
        return rows;
    }
}
