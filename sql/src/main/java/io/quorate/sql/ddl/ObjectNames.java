package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.parse.ast.QualifiedName;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Names of new objects: where a written one goes, and the ones PostgreSQL makes up.
final class ObjectNames {
    private static final int NAME_BYTES_MAX = 63;

    private final Schema schema;
    private final Set<String> given = new TreeSet<>();

    /// Names given by this object count as taken, too.
    ObjectNames(Schema schema) {
        this.schema = schema;
    }

    /// The schema a written name asks for; null where it names none. 0A000 for another database.
    static @Nullable String schemaOf(QualifiedName name) {
        return switch (name.parts().size()) {
            case 1 -> null;
            case 2 -> name.parts().getFirst();
            case 3 -> name.parts().get(1);
            default ->
                    throw new QuorateException(
                                    ErrorCode.SYNTAX_ERROR,
                                    "improper qualified name (too many dotted names): "
                                            + String.join(".", name.parts()))
                            .withPosition(name.position());
        };
    }

    /// `table_column_label`, shortened to fit and numbered where it is taken.
    String choose(String inSchema, String table, String columns, String label) {
        for (int attempt = 0; ; attempt++) {
            String suffix = attempt == 0 ? label : label + attempt;
            String name = compose(table, columns, suffix);
            if (!schema.isTaken(inSchema, name) && given.add(name)) {
                return name;
            }
        }
    }

    /// As [#choose] for a constraint without an index, which shares its name with other constraints
    /// only.
    String chooseConstraint(String inSchema, String table, String columns, String label) {
        for (int attempt = 0; ; attempt++) {
            String name = compose(table, columns, attempt == 0 ? label : label + attempt);
            boolean taken =
                    schema.tables().stream()
                            .anyMatch(each ->
                                    each.schema().equals(inSchema)
                                            && ConstraintChanges.hasConstraint(each, name));
            if (!taken && given.add(name)) {
                return name;
            }
        }
    }

    /// Takes a written name, 42P07 where it is taken.
    String take(String inSchema, String name) {
        if (schema.isTaken(inSchema, name) || !given.add(name)) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
        return name;
    }

    private static String compose(String table, String columns, String suffix) {
        String first = table;
        String second = columns;
        int overhead = suffix.length() + (second.isEmpty() ? 1 : 2);
        while (first.length() + second.length() + overhead > NAME_BYTES_MAX) {
            if (first.length() > second.length()) {
                first = first.substring(0, first.length() - 1);
            } else {
                second = second.substring(0, second.length() - 1);
            }
        }
        return second.isEmpty() ? first + "_" + suffix : first + "_" + second + "_" + suffix;
    }
}
