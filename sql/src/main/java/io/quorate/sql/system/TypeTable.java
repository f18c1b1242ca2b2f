package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.sql.type.SqlType;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `pg_type` says of the built-in types beyond what [SqlType] knows, from `types.tsv`.
final class TypeTable {
    private final Map<Integer, Entry> byOid = new LinkedHashMap<>();

    /// @param byValue `typbyval`
    /// @param type `typtype`: `b` base, `p` pseudo
    /// @param align `typalign`
    /// @param storage `typstorage`: `p` plain, `x` extended, `m` main
    /// @param collation `typcollation`
    /// @param element `typelem`
    record Entry(
            boolean byValue,
            String type,
            String align,
            String storage,
            long collation,
            long element,
            Support support) {}

    /// The functions of a type, by oid, 0 for none.
    record Support(
            long input,
            long output,
            long receive,
            long send,
            long modifierIn,
            long modifierOut,
            long subscript,
            long analyze) {}

    TypeTable() {
        for (String[] row : Resources.table("types.tsv")) {
            byOid.put(
                    Integer.parseInt(row[0]),
                    new Entry(
                            row[2].equals("t"),
                            row[3],
                            row[4],
                            row[5],
                            Long.parseLong(row[6]),
                            Long.parseLong(row[7]),
                            new Support(
                                    Long.parseLong(row[8]),
                                    Long.parseLong(row[9]),
                                    Long.parseLong(row[10]),
                                    Long.parseLong(row[11]),
                                    Long.parseLong(row[12]),
                                    Long.parseLong(row[13]),
                                    Long.parseLong(row[14]),
                                    Long.parseLong(row[15]))));
        }
    }

    Entry of(SqlType type) {
        return Check.present(byOid.get(type.oid()), "types.tsv knows the type " + type.name());
    }
}
