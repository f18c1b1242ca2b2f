package io.quorate.region.codec;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;

/// Puts the version of this module's messages before one.
record VersionedCodec<T>(Codec<T> body) implements Codec<T> {
    static final int VERSION = 2;

    @Override
    public void write(T value, ByteWriter out) {
        out.putByte(VERSION);
        body.write(value, out);
    }

    @Override
    public T read(ByteReader in) {
        expectVersion(in);
        return body.read(in);
    }

    static void expectVersion(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("region message of version " + version);
        }
    }
}
