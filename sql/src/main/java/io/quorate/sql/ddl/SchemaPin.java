package io.quorate.sql.ddl;

import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import java.util.Map;
import java.util.TreeMap;

/// What a transaction relies on: a schema, and the versions of the tables it wrote to. Moves on to a
/// newer schema by itself where none of these tables changed.
public final class SchemaPin {
    private final Map<Long, Integer> tableVersions =
            new TreeMap<>(); // guarded by this pin's manager
    private volatile Schema schema;

    SchemaPin(Schema schema) {
        this.schema = schema;
    }

    Schema schema() {
        return schema;
    }

    /// The transaction writes to the table as this version has it.
    public synchronized void wrote(TableDescriptor table) {
        tableVersions.merge(table.oid(), table.version(), Math::min);
    }

    synchronized boolean isGoodFor(Schema newer) {
        return tableVersions.entrySet().stream()
                .allMatch(wrote -> {
                    TableDescriptor now = newer.table(wrote.getKey());
                    return now != null && now.version() == wrote.getValue();
                });
    }

    void moveTo(Schema newer) {
        if (isGoodFor(newer)) {
            schema = newer;
        }
    }
}
