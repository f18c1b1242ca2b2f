package io.quorate.sql.catalog;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Descriptors in the key space, under `m`: the schema's version, then one key per table and
/// sequence. Every change of the schema writes the version too, which makes changes one after the
/// other.
public final class CatalogStore {
    private static final ByteSlice VERSION_KEY = ByteSlice.utf8("mv");
    private static final ByteSlice TABLES = ByteSlice.utf8("mt");
    private static final ByteSlice SEQUENCES = ByteSlice.utf8("ms");

    private final Schema.SystemViews systemViews;

    public CatalogStore(Schema.SystemViews systemViews) {
        this.systemViews = systemViews;
    }

    /// A schema of these objects.
    public Schema picture(
            long version,
            Collection<TableDescriptor> tables,
            Collection<SequenceDescriptor> sequences) {
        return new Schema(version, tables, sequences, systemViews);
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
        List<TableDescriptor> tables = new ArrayList<>();
        List<SequenceDescriptor> sequences = new ArrayList<>();
        for (ByteSlice value : valuesOf(transaction, TABLES)) {
            tables.add(DescriptorCodec.readTable(value));
        }
        for (ByteSlice value : valuesOf(transaction, SEQUENCES)) {
            sequences.add(DescriptorCodec.readSequence(value));
        }
        return new Schema(version(transaction), tables, sequences, systemViews);
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
