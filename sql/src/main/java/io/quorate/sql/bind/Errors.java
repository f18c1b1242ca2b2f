package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.util.function.Supplier;

/// The errors of the binder that are made in more than one place.
final class Errors {
    private Errors() {}

    static QuorateException error(ErrorCode code, String message, int position) {
        return new QuorateException(code, message).withPosition(position);
    }

    /// For what the grammar knows and this release does not carry out.
    static QuorateException unsupported(String what, int position) {
        return error(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported yet", position);
    }

    /// Runs a resolution and says where it failed.
    static <T> T at(int position, Supplier<T> work) {
        try {
            return work.get();
        } catch (QuorateException error) {
            throw error.position() == 0 ? error.withPosition(position) : error;
        }
    }
}
