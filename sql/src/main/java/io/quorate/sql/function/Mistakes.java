package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;

/// The errors that several families of functions share, in PostgreSQL's words.
final class Mistakes {
    private Mistakes() {}

    static QuorateException outOfRange(SqlType type) {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, type.format() + " out of range");
    }

    static QuorateException divisionByZero() {
        return new QuorateException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    static QuorateException floatOverflow() {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }

    static QuorateException floatUnderflow() {
        return new QuorateException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
    }

    static QuorateException inputOutOfRange() {
        return new QuorateException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
    }

    static QuorateException invalidParameter(String message) {
        return new QuorateException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }

    static QuorateException unsupported(String message) {
        return new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, message);
    }

    static QuorateException dateTimeOverflow(String message) {
        return new QuorateException(ErrorCode.DATETIME_FIELD_OVERFLOW, message);
    }
}
