package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// The mistakes that several conversions share, in PostgreSQL's words.
final class TypeErrors {
    private TypeErrors() {}

    static QuorateException invalidSyntax(SqlType type, String text) {
        return invalidSyntax(type.withTypmod(Typmods.NONE).format(), text);
    }

    static QuorateException invalidSyntax(String typeName, String text) {
        return new QuorateException(
                ErrorCode.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + typeName + ": \"" + text + "\"");
    }

    static QuorateException valueOutOfRange(SqlType type, String text) {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "value \"" + text + "\" is out of range for type " + type.format());
    }

    /// The result of a computation does not fit.
    static QuorateException outOfRange(SqlType type) {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                type.withTypmod(Typmods.NONE).format() + " out of range");
    }

    static QuorateException tooLong(SqlType type) {
        return new QuorateException(
                ErrorCode.STRING_DATA_RIGHT_TRUNCATION, "value too long for type " + type.format());
    }

    static QuorateException invalidBinary(String message) {
        return new QuorateException(ErrorCode.INVALID_BINARY_REPRESENTATION, message);
    }

    static QuorateException dateTimeOverflow(String message) {
        return new QuorateException(ErrorCode.DATETIME_FIELD_OVERFLOW, message);
    }

    static QuorateException invalidParameter(String message) {
        return new QuorateException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    static QuorateException unsupported(String message) {
        return new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }
}
