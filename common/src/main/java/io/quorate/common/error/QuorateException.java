package io.quorate.common.error;

import org.jspecify.annotations.Nullable;

/// The one exception that reaches a user. Its message names the object and the value; the detail
/// says more, the hint the next step. `position` counts the characters of the statement from 1.
///
/// The copying methods return a new exception, so that an error can be completed on its way out:
/// the binder knows the position, the session the statement.
public final class QuorateException extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String detail;
    private final @Nullable String hint;
    private final @Nullable String context;
    private final int position;
    private final ErrorObject object;

    public QuorateException(ErrorCode code, String message) {
        this(code, message, null, null, null, 0, ErrorObject.NONE, null);
    }

    public QuorateException(ErrorCode code, String message, Throwable cause) {
        this(code, message, null, null, null, 0, ErrorObject.NONE, cause);
    }

    private QuorateException(
            ErrorCode code,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            @Nullable String context,
            int position,
            ErrorObject object,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.detail = detail;
        this.hint = hint;
        this.context = context;
        this.position = position;
        this.object = object;
    }

    public QuorateException withDetail(String newDetail) {
        return copy(newDetail, hint, context, position, object);
    }

    public QuorateException withHint(String newHint) {
        return copy(detail, newHint, context, position, object);
    }

    /// What was being done, such as `COPY t, line 2`.
    public QuorateException withContext(String newContext) {
        return copy(detail, hint, newContext, position, object);
    }

    /// The character of the statement, from 1, at which the mistake stands.
    public QuorateException withPosition(int newPosition) {
        return copy(detail, hint, context, newPosition, object);
    }

    public QuorateException withObject(ErrorObject newObject) {
        return copy(detail, hint, context, position, newObject);
    }

    public ErrorCode code() {
        return code;
    }

    public String message() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }

    public @Nullable String detail() {
        return detail;
    }

    public @Nullable String hint() {
        return hint;
    }

    public @Nullable String context() {
        return context;
    }

    /// 0 where unknown.
    public int position() {
        return position;
    }

    public ErrorObject object() {
        return object;
    }

    private QuorateException copy(
            @Nullable String newDetail,
            @Nullable String newHint,
            @Nullable String newContext,
            int newPosition,
            ErrorObject newObject) {
        QuorateException copy =
                new QuorateException(
                        code,
                        message(),
                        newDetail,
                        newHint,
                        newContext,
                        newPosition,
                        newObject,
                        getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }
}
