package io.quorate.sql.parse.print;

import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.TypeName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Types in the spelling of SQL: `pg_catalog.int4` is `integer` again.
final class TypePrinter {
    private static final Map<String, String> SPELLINGS =
            Map.ofEntries(
                    Map.entry("int2", "smallint"),
                    Map.entry("int4", "integer"),
                    Map.entry("int8", "bigint"),
                    Map.entry("float4", "real"),
                    Map.entry("float8", "double precision"),
                    Map.entry("bool", "boolean"),
                    Map.entry("numeric", "numeric"),
                    Map.entry("bpchar", "character"),
                    Map.entry("varchar", "character varying"),
                    Map.entry("bit", "bit"),
                    Map.entry("varbit", "bit varying"),
                    Map.entry("time", "time"),
                    Map.entry("timetz", "time"),
                    Map.entry("timestamp", "timestamp"),
                    Map.entry("timestamptz", "timestamp"),
                    Map.entry("interval", "interval"));

    private TypePrinter() {}

    static String print(TypeName type) {
        StringBuilder text = new StringBuilder(type.setOf() ? "SETOF " : "");
        String spelling = spelling(type);
        if (spelling == null) {
            text.append(Identifiers.quote(type.name().parts())).append(modifiers(type));
        } else if (type.intervalFields() != null) {
            text.append("interval ").append(type.intervalFields().sql()).append(modifiers(type));
        } else {
            text.append(spelling).append(modifiers(type)).append(zone(type.name().last()));
        }
        for (int bound : type.arrayBounds()) {
            text.append('[').append(bound == TypeName.UNBOUNDED ? "" : bound).append(']');
        }
        return text.toString();
    }

    private static @Nullable String spelling(TypeName type) {
        List<String> parts = type.name().parts();
        return parts.size() == 2 && parts.getFirst().equals("pg_catalog")
                ? SPELLINGS.get(parts.getLast())
                : null;
    }

    private static String zone(String name) {
        return switch (name) {
            case "time", "timestamp" -> " without time zone";
            case "timetz", "timestamptz" -> " with time zone";
            default -> "";
        };
    }

    private static String modifiers(TypeName type) {
        if (type.modifiers().isEmpty()) {
            return "";
        }
        StringBuilder list = new StringBuilder("(");
        for (Expression modifier : type.modifiers()) {
            list.append(list.length() > 1 ? "," : "").append(AstPrinter.expression(modifier));
        }
        return list.append(')').toString();
    }
}
