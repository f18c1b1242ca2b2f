package io.quorate.sql.exec;

import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.SessionFormat;
import org.jspecify.annotations.Nullable;

/// Computes what is the same in every run when the plan is made.
final class Folding {
    private Folding() {}

    /// The converted constant, or null where the conversion refuses it: the error belongs to the run
    /// that computes it, if one ever does.
    static @Nullable Evaluator tryFold(@Nullable Object value, Coercion coercion) {
        Object folded;
        try {
            folded = coercion.apply(value, SessionFormat.DEFAULT);
        } catch (QuorateException refused) {
            return null;
        }
        return (frame, row) -> folded;
    }
}
