package io.quorate.pgwire.codec;

/// A well framed message with wrong insides, caught in the decoder.
final class MalformedMessage extends Exception {
    private final String sqlState;

    MalformedMessage(String message, String sqlState) {
        super(message, null, false, false);
        this.sqlState = sqlState;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    String sqlState() {
        return sqlState;
    }
}
