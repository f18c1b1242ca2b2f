package io.quorate.sql.system;

import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The objects of one schema by oid and by name, for functions that are asked once per row.
final class ObjectIndex {
    private final Schema schema;
    private final Map<Long, Named> byOid = new LinkedHashMap<>();
    private final Map<QualifiedKey, Named> byName = new LinkedHashMap<>();
    private final Map<Long, OfTable<CheckDescriptor>> checks = new LinkedHashMap<>();
    private final Map<Long, OfTable<ForeignKeyDescriptor>> foreignKeys = new LinkedHashMap<>();
    private final Map<Long, OfTable<IndexDescriptor>> indexes = new LinkedHashMap<>();

    /// What pg_class has a row for.
    record Named(long oid, String schema, String name) {}

    /// A part of a table.
    record OfTable<T>(TableDescriptor table, T part) {}

    private record QualifiedKey(String schema, String name) {}

    ObjectIndex(Schema schema) {
        this.schema = schema;
        for (SystemView view : schema.systemViews()) {
            add(view.oid(), view.schema(), view.name());
        }
        for (TableDescriptor table : schema.tables()) {
            add(table.oid(), table.schema(), table.name());
            for (IndexDescriptor index : ClassFamily.visibleIndexes(table)) {
                add(index.oid(), table.schema(), index.name());
                indexes.put(index.oid(), new OfTable<>(table, index));
            }
            for (CheckDescriptor check : table.checks()) {
                checks.put(check.oid(), new OfTable<>(table, check));
            }
            for (ForeignKeyDescriptor key : table.foreignKeys()) {
                foreignKeys.put(key.oid(), new OfTable<>(table, key));
            }
        }
        for (ViewDescriptor view : schema.views()) {
            add(view.oid(), view.schema(), view.name());
        }
        for (SequenceDescriptor sequence : schema.sequences()) {
            add(sequence.oid(), sequence.schema(), sequence.name());
        }
    }

    private void add(long oid, String schemaName, String name) {
        Named named = new Named(oid, schemaName, name);
        byOid.put(oid, named);
        byName.put(new QualifiedKey(schemaName, name), named);
    }

    Schema schema() {
        return schema;
    }

    @Nullable Named relation(long oid) {
        return byOid.get(oid);
    }

    /// In `schemaName` if it is given, otherwise in pg_catalog and then along the search path.
    @Nullable Named relation(@Nullable String schemaName, String name, List<String> searchPath) {
        for (String candidate : schemaName == null ? effective(searchPath) : List.of(schemaName)) {
            Named found = byName.get(new QualifiedKey(candidate, name));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// Whether its bare name stands for the relation.
    boolean isVisible(Named relation, List<String> searchPath) {
        Named found = relation(null, relation.name(), searchPath);
        return found != null && found.oid() == relation.oid();
    }

    @Nullable OfTable<IndexDescriptor> index(long oid) {
        return indexes.get(oid);
    }

    @Nullable OfTable<CheckDescriptor> check(long oid) {
        return checks.get(oid);
    }

    @Nullable OfTable<ForeignKeyDescriptor> foreignKey(long oid) {
        return foreignKeys.get(oid);
    }

    private static List<String> effective(List<String> searchPath) {
        if (searchPath.contains(Schema.PG_CATALOG)) {
            return searchPath;
        }
        List<String> path = new ArrayList<>(searchPath);
        path.addFirst(Schema.PG_CATALOG);
        return path;
    }

    /// The index of the schema asked for last.
    static final class Keeper {
        private final AtomicReference<@Nullable ObjectIndex> kept = new AtomicReference<>();

        ObjectIndex of(Schema schema) {
            ObjectIndex last = kept.get();
            if (last == null || last.schema() != schema) {
                last = new ObjectIndex(schema);
                kept.set(last);
            }
            return last;
        }
    }
}
