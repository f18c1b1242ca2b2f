package io.quorate.sql.ddl;

import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;

/// Which views read a relation.
final class ViewDependencies {
    private ViewDependencies() {}

    static void refuseRename(Schema schema, Relation relation, DdlSession session) {
    }
}
