package io.quorate.common.codec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A growing buffer with a write position at its end. Not safe for several threads.
public final class ByteWriter {
    private byte[] array;
    private int length;

    public ByteWriter() {
        this(64);
    }

    public ByteWriter(int capacityBytes) {
        array = new byte[capacityBytes];
    }

    public int length() {
        return length;
    }

    public void putByte(int value) {
        reserve(1);
        array[length++] = (byte) value;
    }

    public void putBoolean(boolean value) {
        putByte(value ? 1 : 0);
    }

    public void putShort(int value) {
        reserve(2);
        array[length++] = (byte) (value >>> 8);
        array[length++] = (byte) value;
    }

    public void putInt(int value) {
        reserve(4);
        setInt(length, value);
        length += 4;
    }

    public void putLong(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            array[length++] = (byte) (value >>> shift);
        }
    }

    /// LEB128 of a number that is usually small and never negative; a negative one takes ten bytes.
    public void putVarLong(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            array[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        array[length++] = (byte) rest;
    }

    public void putVarInt(int value) {
        putVarLong(value & 0xffff_ffffL);
    }

    /// The bytes alone, without their length.
    public void putRaw(ByteSlice bytes) {
        reserve(bytes.length());
        bytes.copyTo(array, length);
        length += bytes.length();
    }

    public void putRaw(byte[] bytes) {
        putRaw(bytes, 0, bytes.length);
    }

    public void putRaw(byte[] bytes, int offset, int count) {
        reserve(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
    }

    /// The length as a variable number, then the bytes.
    public void putBytes(ByteSlice bytes) {
        putVarInt(bytes.length());
        putRaw(bytes);
    }

    public void putString(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarInt(utf8.length);
        putRaw(utf8);
    }

    /// Overwrites four bytes written before, for a length known only afterwards.
    public void setInt(int position, int value) {
        array[position] = (byte) (value >>> 24);
        array[position + 1] = (byte) (value >>> 16);
        array[position + 2] = (byte) (value >>> 8);
        array[position + 3] = (byte) value;
    }

    /// What was written so far, as a copy.
    public ByteSlice toSlice() {
        return ByteSlice.copyOf(array, 0, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(array, length);
    }

    /// The buffer itself, valid up to [#length()] and until the next put; for handing to a sink
    /// without a copy.
    public byte[] backingArray() {
        return array;
    }

    /// Takes back what was written from `newLength` on.
    public void truncate(int newLength) {
        Check.that(
                newLength >= 0 && newLength <= length, "truncate to %d of %d", newLength, length);
        length = newLength;
    }

    public void clear() {
        length = 0;
    }

    private void reserve(int count) {
        if (array.length - length < count) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + count));
        }
    }
}
