package io.quorate.sql.function;

import static io.quorate.sql.function.Args.bytesAt;
import static io.quorate.sql.function.Args.longAt;
import static io.quorate.sql.function.Args.textAt;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeBinary;
import io.quorate.sql.type.TypeText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Byte strings: encodings, digests, parts.
final class BytesFunctions {
    private static final int BASE64_LINE = 76;

    private BytesFunctions() {}

    static void register(Registry registry) {
        registry.function("binary_encode", (c, a) -> encode(bytesAt(a, 0), textAt(a, 1)));
        registry.function("binary_decode", (c, a) -> decode(textAt(a, 0), textAt(a, 1)));
        registry.function("pg_convert_to", (c, a) -> toBytes(textAt(a, 0), textAt(a, 1)));
        registry.function("pg_convert_from", (c, a) -> fromBytes(bytesAt(a, 0), textAt(a, 1)));
        registry.function("md5_text", (c, a) -> hex(digest("MD5", ByteSlice.utf8(textAt(a, 0)))));
        registry.function("md5_bytea", (c, a) -> hex(digest("MD5", bytesAt(a, 0))));
        registry.function("sha224_bytea", (c, a) -> digest("SHA-224", bytesAt(a, 0)));
        registry.function("sha256_bytea", (c, a) -> digest("SHA-256", bytesAt(a, 0)));
        registry.function("sha384_bytea", (c, a) -> digest("SHA-384", bytesAt(a, 0)));
        registry.function("sha512_bytea", (c, a) -> digest("SHA-512", bytesAt(a, 0)));
        registry.function(
                "bytea_substr", (c, a) -> substring(bytesAt(a, 0), longAt(a, 1), longAt(a, 2)));
        registry.function(
                "bytea_substr_no_len", (c, a) -> substring(bytesAt(a, 0), longAt(a, 1), null));
        registry.function("byteapos", (c, a) -> position(bytesAt(a, 0), bytesAt(a, 1)));
        registry.function("byteaGetByte", (c, a) -> getByte(bytesAt(a, 0), longAt(a, 1)));
        registry.function(
                "byteaSetByte", (c, a) -> setByte(bytesAt(a, 0), longAt(a, 1), longAt(a, 2)));
        registry.function("byteatrim", (c, a) -> trim(bytesAt(a, 0), bytesAt(a, 1)));
    }

    private static String hex(ByteSlice bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static ByteSlice digest(String algorithm, ByteSlice bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(bytes.asByteBuffer());
            return ByteSlice.wrap(digest.digest());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(algorithm, missing);
        }
    }

    private static String encode(ByteSlice bytes, String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "hex" -> hex(bytes);
            case "base64" ->
                    Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'})
                            .encodeToString(bytes.toByteArray());
            case "escape" -> escape(bytes);
            default -> throw unknownEncoding(encoding);
        };
    }

    /// Only zero and bytes above 127 are escaped, unlike in bytea's own text form.
    private static String escape(ByteSlice bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.get(i) & 0xff;
            if (b == 0 || b > 0x7f) {
                text.append(String.format("\\%03o", b));
            } else if (b == '\\') {
                text.append("\\\\");
            } else {
                text.append((char) b);
            }
        }
        return text.toString();
    }

    private static ByteSlice decode(String text, String encoding) {
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "hex" -> parse("\\x" + text);
            case "escape" -> parse(text.startsWith("\\x") ? "\\" + text : text);
            case "base64" -> decodeBase64(text);
            default -> throw unknownEncoding(encoding);
        };
    }

    private static ByteSlice parse(String text) {
        return (ByteSlice) TypeText.decode(SqlType.BYTEA, text, SessionFormat.DEFAULT);
    }

    private static ByteSlice decodeBase64(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                continue;
            }
            boolean valid = c < 128 && (Character.isLetterOrDigit(c) || "+/=".indexOf(c) >= 0);
            if (!valid) {
                throw Mistakes.invalidParameter(
                        "invalid symbol \""
                                + Character.toString(text.codePointAt(i))
                                + "\" found while decoding base64 sequence");
            }
            digits.append(c);
        }
        if (digits.length() % 4 != 0) {
            throw Mistakes.invalidParameter("invalid base64 end sequence")
                    .withHint(
                            "Input data is missing padding, is truncated, or is otherwise corrupted.");
        }
        try {
            return ByteSlice.wrap(Base64.getDecoder().decode(digits.toString()));
        } catch (IllegalArgumentException misplaced) {
            throw new QuorateException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "unexpected \"=\" while decoding base64 sequence",
                    misplaced);
        }
    }

    private static QuorateException unknownEncoding(String encoding) {
        return Mistakes.invalidParameter("unrecognized encoding: \"" + encoding + "\"");
    }

    private static ByteSlice toBytes(String text, String encoding) {
        requireUtf8(encoding, "destination");
        return ByteSlice.utf8(text);
    }

    private static String fromBytes(ByteSlice bytes, String encoding) {
        requireUtf8(encoding, "source");
        return TypeBinary.utf8(bytes);
    }

    private static void requireUtf8(String encoding, String which) {
        String name = encoding.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "");
        if (!name.equals("UTF8") && !name.equals("UNICODE")) {
            throw Mistakes.invalidParameter(
                    "invalid " + which + " encoding name \"" + encoding + "\"");
        }
    }

    private static ByteSlice substring(ByteSlice bytes, long start, @Nullable Long count) {
        if (count != null && count < 0) {
            throw new QuorateException(
                    ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        long end = count == null ? Long.MAX_VALUE : start + count;
        int from = Math.clamp(start - 1, 0, bytes.length());
        return bytes.slice(from, Math.clamp(end - 1, from, bytes.length()));
    }

    private static long position(ByteSlice bytes, ByteSlice part) {
        for (int i = 0; i + part.length() <= bytes.length(); i++) {
            if (bytes.slice(i).startsWith(part)) {
                return i + 1L;
            }
        }
        return 0;
    }

    private static long getByte(ByteSlice bytes, long index) {
        requireIndex(bytes, index);
        return bytes.get((int) index) & 0xff;
    }

    private static ByteSlice setByte(ByteSlice bytes, long index, long value) {
        requireIndex(bytes, index);
        byte[] copy = bytes.toByteArray();
        copy[(int) index] = (byte) value;
        return ByteSlice.wrap(copy);
    }

    private static void requireIndex(ByteSlice bytes, long index) {
        if (index < 0 || index >= bytes.length()) {
            throw new QuorateException(
                    ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                    "index " + index + " out of valid range, 0.." + (bytes.length() - 1));
        }
    }

    private static ByteSlice trim(ByteSlice bytes, ByteSlice set) {
        int start = 0;
        int end = bytes.length();
        while (start < end && position(set, bytes.slice(start, start + 1)) > 0) {
            start++;
        }
        while (end > start && position(set, bytes.slice(end - 1, end)) > 0) {
            end--;
        }
        return bytes.slice(start, end);
    }
}
