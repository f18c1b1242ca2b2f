package io.quorate.sql.ddl;

import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import java.util.List;

/// Which views read a relation.
final class ViewDependencies {
    private ViewDependencies() {}

    static void refuseRename(Schema schema, Relation relation, DdlSession session) {
    }

    static List<ViewDescriptor> readersOf(Relation relation, Schema schema, DdlSession session) {
        return List.of();
    }

    static void addReadersOfColumn(
            TableDescriptor table,
            String column,
            String on,
            Schema schema,
            DdlSession session,
            Dependents dependents) {}
}
