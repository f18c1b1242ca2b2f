package io.quorate.sql.session;

import io.quorate.sql.api.CopyInSink;
import io.quorate.sql.api.CopyOutSource;
import io.quorate.sql.api.Portal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of a statement without a plan.
sealed interface UtilityResult {
    record Done(String tag) implements UtilityResult {}

    record Rows(List<@Nullable Object[]> rows, String tag) implements UtilityResult {}

    /// EXECUTE: the rows come from another portal.
    record Delegated(Portal portal) implements UtilityResult {}

    record CopyIn(CopyInSink sink) implements UtilityResult {}

    record CopyOut(CopyOutSource source) implements UtilityResult {}
}
