package io.quorate.sql.system;

import java.util.ArrayList;
import java.util.List;

/// A function that the catalog refers to, such as `int4in`, and that statements cannot call. Types
/// are told by oid, for `internal` and `cstring` are not among ours.
record SupportFunction(
        long oid,
        String name,
        List<Long> arguments,
        long result,
        String volatility,
        boolean strict) {
    SupportFunction {
        arguments = List.copyOf(arguments);
    }

    static List<SupportFunction> all() {
        List<SupportFunction> all = new ArrayList<>();
        for (String[] row : Resources.table("support-functions.tsv")) {
            List<Long> arguments = new ArrayList<>();
            for (String argument : row[2].split(" ")) {
                if (!argument.equals("-")) {
                    arguments.add(Long.parseLong(argument));
                }
            }
            all.add(
                    new SupportFunction(
                            Long.parseLong(row[0]),
                            row[1],
                            arguments,
                            Long.parseLong(row[3]),
                            row[4],
                            row[5].equals("t")));
        }
        return all;
    }
}
