package io.quorate.common.codec;

import io.quorate.common.bytes.ByteSlice;

/// Reads what [ByteWriter] wrote. Every method throws [CorruptBytes] where the bytes end early.
public final class ByteReader {
    private final ByteSlice source;
    private int position;

    public ByteReader(ByteSlice source) {
        this.source = source;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return source.length() - position;
    }

    public int getByte() {
        require(1);
        return source.get(position++) & 0xff;
    }

    public boolean getBoolean() {
        int value = getByte();
        if (value > 1) {
            throw new CorruptBytes("a boolean is 0 or 1, not " + value);
        }
        return value == 1;
    }

    public int getShort() {
        require(2);
        return (getByte() << 8) | getByte();
    }

    public int getInt() {
        require(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | (source.get(position++) & 0xff);
        }
        return value;
    }

    public long getLong() {
        require(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (source.get(position++) & 0xff);
        }
        return value;
    }

    public long getVarLong() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = getByte();
            value |= (long) (next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new CorruptBytes("a variable number ends within ten bytes");
    }

    public int getVarInt() {
        long value = getVarLong();
        if (value >>> 32 != 0) {
            throw new CorruptBytes("a variable int has 32 bits at the most");
        }
        return (int) value;
    }

    /// A length or count: a variable int that is not negative and, at one byte each, not more than
    /// what remains, so that a damaged count never allocates.
    public int getCount() {
        int count = getVarInt();
        if (count < 0 || count > remaining()) {
            throw new CorruptBytes("count " + count + " of " + remaining() + " remaining bytes");
        }
        return count;
    }

    public ByteSlice getRaw(int count) {
        require(count);
        position += count;
        return source.slice(position - count, position);
    }

    public ByteSlice getBytes() {
        return getRaw(getCount());
    }

    public String getString() {
        return getBytes().toUtf8();
    }

    /// Throws unless everything was read.
    public void expectEnd() {
        if (remaining() != 0) {
            throw new CorruptBytes(remaining() + " bytes left over");
        }
    }

    private void require(int count) {
        if (count < 0 || count > remaining()) {
            throw new CorruptBytes("needs " + count + " bytes, " + remaining() + " remain");
        }
    }
}
