package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// Marks the doors that are not built yet; gone with the last of them.
final class Unfinished {
    private Unfinished() {}

    static QuorateException door() {
        return new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, "not built yet");
    }
}
