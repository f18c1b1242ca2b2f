package io.quorate.sql.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All objects at one version. Immutable; a change makes a new one.
public final class Schema {
    /// Schemas that hold views of the system, found before the search path as PostgreSQL does.
    public static final String PG_CATALOG = "pg_catalog";

    public static final String PUBLIC = "public";

    private final long version;
    private final SchemaObjects objects;
    private final Map<QualifiedKey, TableDescriptor> tablesByName = new LinkedHashMap<>();
    private final Map<QualifiedKey, SequenceDescriptor> sequencesByName = new LinkedHashMap<>();
    private final Map<QualifiedKey, TableDescriptor> tablesByIndexName = new LinkedHashMap<>();
    private final Map<QualifiedKey, ViewDescriptor> viewsByName = new LinkedHashMap<>();
    private final Map<Long, List<Reference>> referencesTo = new LinkedHashMap<>();
    private final SystemViews systemViews;

    /// Where system views come from.
    public interface SystemViews {
        @Nullable SystemView find(String schema, String name);

        Collection<SystemView> all();
    }

    private record QualifiedKey(String schema, String name) {}

    /// A foreign key and the table that has it.
    public record Reference(TableDescriptor table, ForeignKeyDescriptor key) {}

    public Schema(long version, SchemaObjects objects, SystemViews systemViews) {
        this.version = version;
        this.objects = objects;
        this.systemViews = systemViews;
        for (TableDescriptor table : objects.tables().values()) {
            add(table);
        }
        for (SequenceDescriptor sequence : objects.sequences().values()) {
            sequencesByName.put(new QualifiedKey(sequence.schema(), sequence.name()), sequence);
        }
        for (ViewDescriptor view : objects.views().values()) {
            viewsByName.put(new QualifiedKey(view.schema(), view.name()), view);
        }
    }

    private void add(TableDescriptor table) {
        tablesByName.put(new QualifiedKey(table.schema(), table.name()), table);
        for (IndexDescriptor index : table.indexes()) {
            if (!index.columnIds().isEmpty()) {
                tablesByIndexName.put(new QualifiedKey(table.schema(), index.name()), table);
            }
        }
        for (ForeignKeyDescriptor key : table.foreignKeys()) {
            referencesTo
                    .computeIfAbsent(key.referencedTable(), _ -> new ArrayList<>())
                    .add(new Reference(table, key));
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
        return objects.tables().get(oid);
    }

    public @Nullable SequenceDescriptor sequence(long oid) {
        return objects.sequences().get(oid);
    }

    /// In order of oid.
    public Collection<TableDescriptor> tables() {
        return objects.tables().values();
    }

    public Collection<SequenceDescriptor> sequences() {
        return objects.sequences().values();
    }

    public Collection<ViewDescriptor> views() {
        return objects.views().values();
    }

    public Map<CommentTarget, String> comments() {
        return objects.comments();
    }

    public SchemaObjects objects() {
        return objects;
    }

    /// The foreign keys that refer to a table, in order of the tables that have them.
    public List<Reference> referencesTo(TableDescriptor table) {
        return referencesTo.getOrDefault(table.oid(), List.of());
    }

    public Collection<SystemView> systemViews() {
        return systemViews.all();
    }

    /// Whether tables, indexes, sequences or views have that name, which they share one space of.
    public boolean isTaken(String schema, String name) {
        QualifiedKey key = new QualifiedKey(schema, name);
        return tablesByName.containsKey(key)
                || sequencesByName.containsKey(key)
                || viewsByName.containsKey(key)
                || tablesByIndexName.containsKey(key);
    }

    private @Nullable Relation findIn(String schema, String name) {
        QualifiedKey key = new QualifiedKey(schema, name);
        TableDescriptor table = tablesByName.get(key);
        if (table != null) {
            return table;
        }
        ViewDescriptor view = viewsByName.get(key);
        return view != null ? view : systemViews.find(schema, name);
    }
}
