package io.quorate.txn;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.tso.api.Timestamp;
import java.util.HexFormat;

/// What a client keeps of a transaction with an unknown outcome, to ask for it later: sixteen
/// hexadecimal digits of the start timestamp, then the primary key.
record OutcomeToken(Timestamp start, ByteSlice primary) {
    private static final int START_DIGITS = 16;

    String text() {
        return HexFormat.of().toHexDigits(start.value()) + primary;
    }

    static OutcomeToken parse(String text) {
        try {
            HexFormat hex = HexFormat.of();
            if (text.length() > START_DIGITS) {
                return new OutcomeToken(
                        new Timestamp(HexFormat.fromHexDigitsToLong(text, 0, START_DIGITS)),
                        ByteSlice.wrap(hex.parseHex(text, START_DIGITS, text.length())));
            }
        } catch (IllegalArgumentException e) {
            throw malformed(text, e);
        }
        throw malformed(text, new IllegalArgumentException("too short"));
    }

    private static QuorateException malformed(String text, IllegalArgumentException cause) {
        return new QuorateException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "\"" + text + "\" is no transaction token",
                        cause)
                .withHint("The token stands in the detail of the error that gave it.");
    }
}
