package io.quorate.sql.parse.lex;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;

/// Makes errors about a piece of the source, given by indexes into it.
interface LexicalErrors {
    /// An error that quotes the source from `start` to `end`.
    QuorateException error(ErrorCode code, String message, int start, int end);

    /// A syntax error that quotes nothing.
    QuorateException plain(String message, int start);
}
