package io.quorate.region.mvcc;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.tso.api.Timestamp;

/// Keys of the families WRITE and DEFAULT: a user key and a timestamp, so that the bytes sort by key,
/// and within a key from the newest timestamp to the oldest.
///
/// The user key is cut into groups of eight bytes, the last one filled with zeros; after each group
/// stands 0xff minus the number of filled bytes. So no encoded key is the beginning of another one,
/// and the timestamp behind it (big-endian, all bits flipped) never takes part in comparing keys.
public final class VersionKey {
    private static final int GROUP_BYTES = 8;
    private static final int TIMESTAMP_BYTES = 8;

    private VersionKey() {}

    public static ByteSlice encode(ByteSlice key, Timestamp timestamp) {
        byte[] encoded = encode(key, TIMESTAMP_BYTES);
        putFlipped(encoded, encoded.length - TIMESTAMP_BYTES, timestamp.value());
        return ByteSlice.wrap(encoded);
    }

    /// The user key alone: less than all its versions, greater than all versions of smaller keys.
    public static ByteSlice prefix(ByteSlice key) {
        return ByteSlice.wrap(encode(key, 0));
    }

    public static ByteSlice userKey(ByteSlice versionKey) {
        int encodedLength = versionKey.length() - TIMESTAMP_BYTES;
        if (encodedLength <= 0 || encodedLength % (GROUP_BYTES + 1) != 0) {
            throw new CorruptBytes("not a version key: " + versionKey);
        }
        int groups = encodedLength / (GROUP_BYTES + 1);
        int padding = 0xff - (versionKey.get(encodedLength - 1) & 0xff);
        if (padding > GROUP_BYTES) {
            throw new CorruptBytes("not a version key: " + versionKey);
        }
        byte[] key = new byte[groups * GROUP_BYTES - padding];
        for (int group = 0; group < groups; group++) {
            int from = group * (GROUP_BYTES + 1);
            int count = Math.min(GROUP_BYTES, key.length - group * GROUP_BYTES);
            versionKey.slice(from, from + count).copyTo(key, group * GROUP_BYTES);
        }
        return ByteSlice.wrap(key);
    }

    public static Timestamp timestamp(ByteSlice versionKey) {
        long flipped = 0;
        for (int i = versionKey.length() - TIMESTAMP_BYTES; i < versionKey.length(); i++) {
            flipped = (flipped << 8) | (versionKey.get(i) & 0xff);
        }
        return new Timestamp(~flipped);
    }

    /// Whether this is a version of the user key with that prefix.
    static boolean isOf(ByteSlice versionKey, ByteSlice prefix) {
        return versionKey.length() == prefix.length() + TIMESTAMP_BYTES
                && versionKey.startsWith(prefix);
    }

    /// The bytes before the timestamp.
    static ByteSlice prefixOf(ByteSlice versionKey) {
        return versionKey.slice(0, versionKey.length() - TIMESTAMP_BYTES);
    }

    /// The prefix with a timestamp behind it.
    static ByteSlice withTimestamp(ByteSlice prefix, Timestamp timestamp) {
        byte[] encoded = new byte[prefix.length() + TIMESTAMP_BYTES];
        prefix.copyTo(encoded, 0);
        putFlipped(encoded, prefix.length(), timestamp.value());
        return ByteSlice.wrap(encoded);
    }

    /// The encoded key, with room for a tail.
    private static byte[] encode(ByteSlice key, int tailBytes) {
        int groups = key.length() / GROUP_BYTES + 1;
        byte[] encoded = new byte[groups * (GROUP_BYTES + 1) + tailBytes];
        for (int group = 0; group < groups; group++) {
            int from = group * GROUP_BYTES;
            int to = Math.min(key.length(), from + GROUP_BYTES);
            int at = group * (GROUP_BYTES + 1);
            key.slice(from, to).copyTo(encoded, at);
            encoded[at + GROUP_BYTES] = (byte) (0xff - (GROUP_BYTES - (to - from)));
        }
        return encoded;
    }

    private static void putFlipped(byte[] target, int at, long timestamp) {
        long flipped = ~timestamp;
        for (int i = 0; i < TIMESTAMP_BYTES; i++) {
            target[at + i] = (byte) (flipped >>> (8 * (TIMESTAMP_BYTES - 1 - i)));
        }
    }
}
