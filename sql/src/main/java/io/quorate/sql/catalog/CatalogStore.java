package io.quorate.sql.catalog;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Descriptors in the key space, under `m`: the schema's version, then one key per table, sequence,
/// view and comment. Every change of the schema writes the version too, which makes changes one after the
/// other.
public final class CatalogStore {
    private static final ByteSlice VERSION_KEY = ByteSlice.utf8("mv");
    private static final ByteSlice TABLES = ByteSlice.utf8("mt");
    private static final ByteSlice SEQUENCES = ByteSlice.utf8("ms");
    private static final ByteSlice VIEWS = ByteSlice.utf8("mw");
    private static final ByteSlice COMMENTS = ByteSlice.utf8("mc");

    private final Schema.SystemViews systemViews;

    public CatalogStore(Schema.SystemViews systemViews) {
        this.systemViews = systemViews;
    }

    /// A schema of these objects.
    public Schema picture(long version, SchemaObjects objects) {
        return new Schema(version, objects, systemViews);
    }

    /// The schema's version in the transaction's snapshot.
    public long version(Transaction transaction) {
        return versionOf(transaction.get(VERSION_KEY));
    }

    /// The version as of now, locked until the transaction ends, so that changes take turns.
    public long lockVersion(Transaction transaction) {
        return versionOf(
                transaction.lock(List.of(VERSION_KEY), WaitPolicy.WAIT).getFirst().value());
    }

    /// The whole schema in the transaction's snapshot.
    public Schema load(Transaction transaction) {
        Map<Long, TableDescriptor> tables = new TreeMap<>();
        Map<Long, SequenceDescriptor> sequences = new TreeMap<>();
        Map<Long, ViewDescriptor> views = new TreeMap<>();
        Map<CommentTarget, String> comments = new TreeMap<>();
        for (ByteSlice value : valuesOf(transaction, TABLES)) {
            TableDescriptor table = DescriptorCodec.readTable(value);
            tables.put(table.oid(), table);
        }
        for (ByteSlice value : valuesOf(transaction, SEQUENCES)) {
            SequenceDescriptor sequence = DescriptorCodec.readSequence(value);
            sequences.put(sequence.oid(), sequence);
        }
        for (ByteSlice value : valuesOf(transaction, VIEWS)) {
            ViewDescriptor view = DescriptorCodec.readView(value);
            views.put(view.oid(), view);
        }
        for (ByteSlice value : valuesOf(transaction, COMMENTS)) {
            DescriptorCodec.Comment comment = DescriptorCodec.readComment(value);
            comments.put(comment.target(), comment.text());
        }
        SchemaObjects objects = new SchemaObjects(tables, sequences, views, comments);
        return new Schema(version(transaction), objects, systemViews);
    }

    public void writeVersion(Transaction transaction, long version) {
        ByteWriter out = new ByteWriter(8);
        out.putLong(version);
        transaction.put(VERSION_KEY, out.toSlice());
    }

    public void put(Transaction transaction, TableDescriptor table) {
        transaction.put(keyOf(TABLES, table.oid()), DescriptorCodec.write(table));
    }

    public void put(Transaction transaction, SequenceDescriptor sequence) {
        transaction.put(keyOf(SEQUENCES, sequence.oid()), DescriptorCodec.write(sequence));
    }

    public void remove(Transaction transaction, TableDescriptor table) {
        transaction.delete(keyOf(TABLES, table.oid()));
    }

    public void remove(Transaction transaction, SequenceDescriptor sequence) {
        transaction.delete(keyOf(SEQUENCES, sequence.oid()));
    }

    public void put(Transaction transaction, ViewDescriptor view) {
        transaction.put(keyOf(VIEWS, view.oid()), DescriptorCodec.write(view));
    }

    public void remove(Transaction transaction, ViewDescriptor view) {
        transaction.delete(keyOf(VIEWS, view.oid()));
    }

    public void putComment(Transaction transaction, CommentTarget target, String text) {
        transaction.put(keyOf(target), DescriptorCodec.write(target, text));
    }

    public void removeComment(Transaction transaction, CommentTarget target) {
        transaction.delete(keyOf(target));
    }

    private static ByteSlice keyOf(CommentTarget target) {
        ByteWriter out = new ByteWriter(24);
        out.putRaw(COMMENTS);
        out.putLong(target.classOid());
        out.putLong(target.objectOid());
        out.putInt(target.subId());
        return out.toSlice();
    }

    private static long versionOf(@Nullable ByteSlice value) {
        return value == null ? 0 : new ByteReader(value).getLong();
    }

    private static ByteSlice keyOf(ByteSlice prefix, long oid) {
        ByteWriter out = new ByteWriter(16);
        out.putRaw(prefix);
        out.putLong(oid);
        return out.toSlice();
    }

    private static List<ByteSlice> valuesOf(Transaction transaction, ByteSlice prefix) {
        List<ByteSlice> values = new ArrayList<>();
        try (Transaction.RowCursor cursor = transaction.scan(KeyRange.prefix(prefix), false, 0)) {
            for (KeyValue row = cursor.next(); row != null; row = cursor.next()) {
                values.add(row.value());
            }
        }
        return values;
    }
}
