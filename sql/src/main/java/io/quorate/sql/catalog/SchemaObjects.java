package io.quorate.sql.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What users have made, by oid. Immutable.
public record SchemaObjects(
        Map<Long, TableDescriptor> tables,
        Map<Long, SequenceDescriptor> sequences,
        Map<Long, ViewDescriptor> views,
        Map<CommentTarget, String> comments) {
    public static final SchemaObjects NONE =
            new SchemaObjects(Map.of(), Map.of(), Map.of(), Map.of());

    public SchemaObjects {
        tables = new TreeMap<>(tables);
        sequences = new TreeMap<>(sequences);
        views = new TreeMap<>(views);
        comments = new TreeMap<>(comments);
    }

    public static SchemaObjects of(
            Collection<TableDescriptor> tables, Collection<SequenceDescriptor> sequences) {
        SchemaObjects objects = NONE;
        for (TableDescriptor table : tables) {
            objects = objects.with(table);
        }
        for (SequenceDescriptor sequence : sequences) {
            objects = objects.with(sequence);
        }
        return objects;
    }

    public SchemaObjects with(TableDescriptor table) {
        return new SchemaObjects(with(tables, table.oid(), table), sequences, views, comments);
    }

    public SchemaObjects with(SequenceDescriptor sequence) {
        return new SchemaObjects(
                tables, with(sequences, sequence.oid(), sequence), views, comments);
    }

    public SchemaObjects with(ViewDescriptor view) {
        return new SchemaObjects(tables, sequences, with(views, view.oid(), view), comments);
    }

    public SchemaObjects withComment(CommentTarget target, String text) {
        return new SchemaObjects(tables, sequences, views, with(comments, target, text));
    }

    public SchemaObjects without(TableDescriptor table) {
        return new SchemaObjects(without(tables, table.oid()), sequences, views, comments);
    }

    public SchemaObjects without(SequenceDescriptor sequence) {
        return new SchemaObjects(tables, without(sequences, sequence.oid()), views, comments);
    }

    public SchemaObjects without(ViewDescriptor view) {
        return new SchemaObjects(tables, sequences, without(views, view.oid()), comments);
    }

    public SchemaObjects withoutComment(CommentTarget target) {
        return new SchemaObjects(tables, sequences, views, without(comments, target));
    }

    /// The comments on what is not there any more.
    public List<CommentTarget> orphanedComments() {
        return comments.keySet().stream().filter(target -> !exists(target)).toList();
    }

    private boolean exists(CommentTarget target) {
        long oid = target.objectOid();
        TableDescriptor table = tables.get(oid);
        if (target.subId() > 0) {
            return table != null
                    ? table.positionOf(target.subId()) >= 0
                    : views.containsKey(oid) && target.subId() <= views.get(oid).columns().size();
        }
        boolean isRelation = target.classOid() == CommentTarget.RELATION;
        if (isRelation && (table != null || sequences.containsKey(oid) || views.containsKey(oid))) {
            return true;
        }
        for (TableDescriptor each : tables.values()) {
            boolean found =
                    each.indexes().stream().anyMatch(index -> index.oid() == oid)
                            || (!isRelation && each.hasConstraint(oid));
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static <K extends Comparable<K>, V> Map<K, V> with(Map<K, V> all, K key, V value) {
        Map<K, V> more = new TreeMap<>(all);
        more.put(key, value);
        return more;
    }

    private static <K extends Comparable<K>, V> Map<K, V> without(Map<K, V> all, K key) {
        Map<K, V> rest = new TreeMap<>(all);
        rest.remove(key);
        return rest;
    }
}
