package io.quorate.region.engine;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import io.quorate.region.api.EngineBatch;

/// A batch as the bytes that RocksDB itself makes of one: eight bytes of sequence number (filled in
/// by RocksDB), four of count, both little-endian; then per write a type, the number of the column
/// family, and the length-prefixed key and value. Handing over these bytes is one native call, where
/// building the batch over there would be one per write, with a copy of each key and value.
final class BatchBytes {
    private static final int HEADER_BYTES = 12;
    private static final int DELETION = 0x4;
    private static final int VALUE = 0x5;

    private BatchBytes() {}

    /// @param familyIds RocksDB's numbers of the families, by ordinal
    static byte[] of(EngineBatch batch, int[] familyIds) {
        ByteWriter out = new ByteWriter(HEADER_BYTES + 64 * batch.writes().size());
        out.putLong(0);
        out.putInt(Integer.reverseBytes(batch.writes().size()));
        for (EngineBatch.Write write : batch.writes()) {
            ByteSlice value = write.value();
            out.putByte(value == null ? DELETION : VALUE);
            out.putVarInt(familyIds[write.family().ordinal()]);
            out.putBytes(write.key());
            if (value != null) {
                out.putBytes(value);
            }
        }
        return out.toByteArray();
    }
}
