package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Option;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The clauses that tell PostgreSQL how to lay data out and mean nothing here. They are accepted with
/// a notice so that its scripts run; this is the whole list.
final class StorageHints {
    private static final Set<String> KNOWN =
            Set.of(
                    "fillfactor",
                    "autovacuum_enabled",
                    "toast.autovacuum_enabled",
                    "parallel_workers",
                    "deduplicate_items",
                    "fastupdate");

    private StorageHints() {}

    static void accept(List<Option> options, @Nullable Name tablespace, DdlSession session) {
        for (Option option : options) {
            if (!KNOWN.contains(option.name())) {
                throw new QuorateException(
                                ErrorCode.INVALID_PARAMETER_VALUE,
                                "unrecognized parameter \"" + option.name() + "\"")
                        .withPosition(option.position());
            }
            session.notice("01000", "storage parameter \"" + option.name() + "\" has no effect");
        }
        if (tablespace != null) {
            session.notice("01000", "tablespace \"" + tablespace.text() + "\" has no effect");
        }
    }
}
