package io.quorate.sql.catalog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All objects at one version. Immutable; a change makes a new one.
public final class Schema {
    /// Schemas that hold views of the system, found before the search path as PostgreSQL does.
    public static final String PG_CATALOG = "pg_catalog";

    public static final String PUBLIC = "public";

    private final long version;
    private final Map<Long, TableDescriptor> tables;
    private final Map<Long, SequenceDescriptor> sequences;
    private final Map<QualifiedKey, TableDescriptor> tablesByName = new LinkedHashMap<>();
    private final Map<QualifiedKey, SequenceDescriptor> sequencesByName = new LinkedHashMap<>();
    private final Map<QualifiedKey, TableDescriptor> tablesByIndexName = new LinkedHashMap<>();
    private final SystemViews systemViews;

    /// Where system views come from.
    public interface SystemViews {
        @Nullable SystemView find(String schema, String name);

        Collection<SystemView> all();
    }

    private record QualifiedKey(String schema, String name) {}

    public Schema(
            long version,
            Collection<TableDescriptor> tables,
            Collection<SequenceDescriptor> sequences,
            SystemViews systemViews) {
        this.version = version;
        this.tables = new TreeMap<>();
        this.sequences = new TreeMap<>();
        this.systemViews = systemViews;
        for (TableDescriptor table : tables) {
            this.tables.put(table.oid(), table);
            tablesByName.put(new QualifiedKey(table.schema(), table.name()), table);
            for (IndexDescriptor index : table.indexes()) {
                if (!index.columnIds().isEmpty()) {
                    tablesByIndexName.put(new QualifiedKey(table.schema(), index.name()), table);
                }
            }
        }
        for (SequenceDescriptor sequence : sequences) {
            this.sequences.put(sequence.oid(), sequence);
            sequencesByName.put(new QualifiedKey(sequence.schema(), sequence.name()), sequence);
        }
    }

    /// The number of this picture; every change of the schema raises it by one.
    public long version() {
        return version;
    }

    /// Finds a relation: in `schema` if it is given, otherwise in pg_catalog and then along the search
    /// path.
    public @Nullable Relation find(@Nullable String schema, String name, List<String> searchPath) {
        if (schema != null) {
            return findIn(schema, name);
        }
        if (!searchPath.contains(PG_CATALOG)) {
            SystemView view = systemViews.find(PG_CATALOG, name);
            if (view != null) {
                return view;
            }
        }
        for (String candidate : searchPath) {
            Relation found = findIn(candidate, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    public @Nullable SequenceDescriptor findSequence(
            @Nullable String schema, String name, List<String> searchPath) {
        for (String candidate : schema == null ? searchPath : List.of(schema)) {
            SequenceDescriptor found = sequencesByName.get(new QualifiedKey(candidate, name));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// The table that has an index of that name.
    public @Nullable TableDescriptor findTableOfIndex(
            @Nullable String schema, String indexName, List<String> searchPath) {
        for (String candidate : schema == null ? searchPath : List.of(schema)) {
            TableDescriptor found = tablesByIndexName.get(new QualifiedKey(candidate, indexName));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    public @Nullable TableDescriptor table(long oid) {
        return tables.get(oid);
    }

    public @Nullable SequenceDescriptor sequence(long oid) {
        return sequences.get(oid);
    }

    /// In order of oid.
    public Collection<TableDescriptor> tables() {
        return tables.values();
    }

    public Collection<SequenceDescriptor> sequences() {
        return sequences.values();
    }

    public Collection<SystemView> systemViews() {
        return systemViews.all();
    }

    /// Whether tables, indexes or sequences have that name, which they share one space of.
    public boolean isTaken(String schema, String name) {
        QualifiedKey key = new QualifiedKey(schema, name);
        return tablesByName.containsKey(key)
                || sequencesByName.containsKey(key)
                || tablesByIndexName.containsKey(key);
    }

    private @Nullable Relation findIn(String schema, String name) {
        TableDescriptor table = tablesByName.get(new QualifiedKey(schema, name));
        return table != null ? table : systemViews.find(schema, name);
    }
}
