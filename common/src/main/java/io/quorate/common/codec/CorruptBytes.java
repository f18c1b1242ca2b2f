package io.quorate.common.codec;

/// Bytes that no writer of ours made. Caught where the bytes came in (a file, a connection), which
/// knows what damage means there.
public final class CorruptBytes extends RuntimeException {
    public CorruptBytes(String message) {
        super(message);
    }
}
