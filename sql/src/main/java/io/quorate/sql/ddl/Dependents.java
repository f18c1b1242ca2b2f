package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What else goes when something is dropped, in the order in which it was found: refused under
/// RESTRICT, dropped and told of under CASCADE.
final class Dependents {
    private final List<String> descriptions = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<Schema.Reference> references = new ArrayList<>();
    private final List<ViewDescriptor> views = new ArrayList<>();

    /// @param on what it needs, as messages call it: `table p`
    void add(Schema.Reference reference, String on) {
        if (references.contains(reference)) {
            return;
        }
        references.add(reference);
        note("constraint " + reference.key().name() + " on table " + reference.table().name(), on);
    }

    void add(ViewDescriptor view, String on) {
        if (views.contains(view)) {
            return;
        }
        views.add(view);
        note("view " + view.name(), on);
    }

    private void note(String description, String on) {
        descriptions.add(description);
        reasons.add(description + " depends on " + on);
    }

    List<ViewDescriptor> views() {
        return views;
    }

    /// The tables whose constraints go.
    List<TableDescriptor> tables() {
        Map<Long, TableDescriptor> tables = new LinkedHashMap<>();
        references.forEach(each -> tables.put(each.table().oid(), each.table()));
        return List.copyOf(tables.values());
    }

    /// Without CASCADE, 2BP01 if there is anything; with it, a notice.
    ///
    /// @param what is dropped: `table p`; empty for several objects
    void judge(String what, boolean cascade, DdlSession session) {
        if (descriptions.isEmpty()) {
            return;
        }
        if (!cascade) {
            throw new QuorateException(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            what.isEmpty()
                                    ? "cannot drop desired object(s) because other objects depend"
                                            + " on them"
                                    : "cannot drop " + what + " because other objects depend on it")
                    .withDetail(String.join("\n", reasons))
                    .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
        if (descriptions.size() == 1) {
            session.notice("00000", "drop cascades to " + descriptions.getFirst());
            return;
        }
        List<String> lines = new ArrayList<>();
        descriptions.forEach(description -> lines.add("drop cascades to " + description));
        session.notice(
                "00000",
                "drop cascades to " + descriptions.size() + " other objects",
                String.join("\n", lines));
    }

    /// Drops them. The tables are to be taken over before.
    void drop(SchemaTransaction changes) {
        for (Schema.Reference reference : references) {
            TableDescriptor table = changes.open().table(reference.table().oid());
            if (table != null) {
                List<ForeignKeyDescriptor> keys = new ArrayList<>(table.foreignKeys());
                keys.removeIf(key -> key.oid() == reference.key().oid());
                changes.put(table.withForeignKeys(keys));
            }
        }
        views.forEach(changes::remove);
    }
}
