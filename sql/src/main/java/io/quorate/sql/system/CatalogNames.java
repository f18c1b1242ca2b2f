package io.quorate.sql.system;

import io.quorate.sql.catalog.Schema;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.system.ObjectIndex.Named;
import io.quorate.sql.type.ObjectNames;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names behind the `reg…` types, seen from one search path.
record CatalogNames(
        ObjectIndex objects, RoutineNames routines, String superuser, List<String> searchPath)
        implements ObjectNames {
    @Override
    public @Nullable String nameOf(SqlType regType, long oid) {
        if (oid == 0) {
            return "-";
        }
        return switch (regType.name()) {
            case "regclass" -> relationName(oid);
            case "regproc" -> routines.name(oid);
            case "regprocedure" -> routines.signature(oid);
            case "regoper" -> routines.operatorName(oid);
            case "regnamespace" -> schemaName(oid);
            case "regrole" -> oid == Oids.SUPERUSER ? Identifiers.quote(superuser) : null;
            default -> ObjectNames.NONE.nameOf(regType, oid);
        };
    }

    @Override
    public @Nullable Long oidOf(SqlType regType, String name) {
        if (name.strip().equals("-")) {
            return 0L;
        }
        return switch (regType.name()) {
            case "regclass" -> relationOid(name);
            case "regproc", "regprocedure" -> routines.oid(parts(name).getLast());
            case "regnamespace" -> Oids.schemas().get(parts(name).getLast());
            case "regrole" -> parts(name).getLast().equals(superuser) ? Oids.SUPERUSER : null;
            default -> ObjectNames.NONE.oidOf(regType, name);
        };
    }

    /// As the search path asks for it: with the schema where the bare name means another relation.
    @Nullable String relationName(long oid) {
        Named relation = objects.relation(oid);
        if (relation == null) {
            return null;
        }
        return objects.isVisible(relation, searchPath)
                ? Identifiers.quote(relation.name())
                : Identifiers.quote(List.of(relation.schema(), relation.name()));
    }

    private @Nullable Long relationOid(String name) {
        List<String> parts = parts(name);
        String schemaName = parts.size() < 2 ? null : parts.get(parts.size() - 2);
        Named relation = objects.relation(schemaName, parts.getLast(), searchPath);
        return relation == null ? null : relation.oid();
    }

    private static @Nullable String schemaName(long oid) {
        for (Map.Entry<String, Long> schema : Oids.schemas().entrySet()) {
            if (schema.getValue() == oid) {
                return Identifiers.quote(schema.getKey());
            }
        }
        return null;
    }

    /// The parts of a name with dots: those in quotes as they are, the others in lower case.
    static List<String> parts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        String text = name.strip();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                part.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(
                        quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        parts.add(part.toString());
        return parts;
    }

    Schema schema() {
        return objects.schema();
    }
}
