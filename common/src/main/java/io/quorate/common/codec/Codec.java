package io.quorate.common.codec;

/// Both directions between a record and its bytes. `read(write(x))` equals `x`.
public interface Codec<T> {
    void write(T value, ByteWriter out);

    /// Reads one value; throws [CorruptBytes] for bytes that no writer made.
    T read(ByteReader in);
}
