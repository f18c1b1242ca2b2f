package io.quorate.common.bytes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An immutable run of bytes, ordered as unsigned numbers.
///
/// A slice may share its array with others; whoever made the array gave up writing to it. Equality
/// and order look at the bytes alone.
public final class ByteSlice implements Comparable<ByteSlice> {
    public static final ByteSlice EMPTY = new ByteSlice(new byte[0], 0, 0);

    private final byte[] array;
    private final int offset;
    private final int length;

    private ByteSlice(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    /// Wraps the whole array, which nobody may change from now on.
    public static ByteSlice wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new ByteSlice(array, 0, array.length);
    }

    /// Wraps part of an array, which nobody may change from now on.
    public static ByteSlice wrap(byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, array.length);
        return length == 0 ? EMPTY : new ByteSlice(array, offset, length);
    }

    public static ByteSlice copyOf(byte[] array, int offset, int length) {
        return wrap(Arrays.copyOfRange(array, offset, offset + length));
    }

    public static ByteSlice utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The given bytes, each an int in 0..255.
    public static ByteSlice of(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return wrap(array);
    }

    public int length() {
        return length;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    public byte get(int index) {
        return array[offset + Objects.checkIndex(index, length)];
    }

    public ByteSlice slice(int from, int to) {
        Objects.checkFromToIndex(from, to, length);
        return wrap(array, offset + from, to - from);
    }

    public ByteSlice slice(int from) {
        return slice(from, length);
    }

    public ByteSlice concat(ByteSlice tail) {
        byte[] joined = new byte[length + tail.length];
        copyTo(joined, 0);
        tail.copyTo(joined, length);
        return wrap(joined);
    }

    public boolean startsWith(ByteSlice prefix) {
        return length >= prefix.length
                && Arrays.equals(
                        array,
                        offset,
                        offset + prefix.length,
                        prefix.array,
                        prefix.offset,
                        prefix.offset + prefix.length);
    }

    public void copyTo(byte[] target, int targetOffset) {
        System.arraycopy(array, offset, target, targetOffset, length);
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /// The bytes as an array that the caller only reads: the backing array itself where the slice
    /// covers it whole, a copy otherwise.
    public byte[] asReadOnlyArray() {
        return offset == 0 && length == array.length ? array : toByteArray();
    }

    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
    }

    public String toUtf8() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    /// The smallest slice greater than every slice that starts with this one; null when there is
    /// none, as for an empty slice or one of 0xff bytes only.
    public @Nullable ByteSlice prefixEnd() {
        for (int last = length - 1; last >= 0; last--) {
            if (get(last) != (byte) 0xff) {
                byte[] end = Arrays.copyOfRange(array, offset, offset + last + 1);
                end[last]++;
                return wrap(end);
            }
        }
        return null;
    }

    /// The smallest slice greater than this one.
    public ByteSlice successor() {
        return wrap(Arrays.copyOf(toByteArray(), length + 1));
    }

    @Override
    public int compareTo(ByteSlice other) {
        return Arrays.compareUnsigned(
                array,
                offset,
                offset + length,
                other.array,
                other.offset,
                other.offset + other.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByteSlice that
                && Arrays.equals(
                        array,
                        offset,
                        offset + length,
                        that.array,
                        that.offset,
                        that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /// Lower-case hexadecimal.
    @Override
    public String toString() {
        return java.util.HexFormat.of().formatHex(array, offset, offset + length);
    }
}
