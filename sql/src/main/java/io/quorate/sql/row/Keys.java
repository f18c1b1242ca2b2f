package io.quorate.sql.row;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import io.quorate.region.api.KeyRange;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;

/// The top of the key space: `m` is the catalog's, `t` the tables'.
public final class Keys {
    /// Bytes before the columns: the letter, the table, the index.
    public static final int INDEX_PREFIX_BYTES = 7;

    private Keys() {}

    /// All keys of a table, whatever the index.
    public static KeyRange ofTable(long tableOid) {
        ByteWriter out = new ByteWriter(5);
        out.putByte('t');
        out.putInt((int) tableOid);
        return KeyRange.prefix(out.toSlice());
    }

    /// All keys of one index.
    public static KeyRange ofIndex(TableDescriptor table, IndexDescriptor index) {
        return KeyRange.prefix(indexPrefix(table, index).toSlice());
    }

    /// A writer that holds the prefix of an index, ready for columns.
    static ByteWriter indexPrefix(TableDescriptor table, IndexDescriptor index) {
        ByteWriter out = new ByteWriter(48);
        out.putByte('t');
        out.putInt((int) table.oid());
        out.putShort(index.keyId());
        return out;
    }

    /// What stands behind the prefix of an index.
    static ByteSlice withoutPrefix(ByteSlice key) {
        return key.slice(INDEX_PREFIX_BYTES);
    }
}
