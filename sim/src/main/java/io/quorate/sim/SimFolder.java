package io.quorate.sim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The names in a directory, as seen and as durable. A change of names since the last sync survives a
/// crash or not, each by itself; a rename within one directory is one change.
final class SimFolder implements SimEntry {
    private final SortedMap<String, SimEntry> current = new TreeMap<>();
    private final SortedMap<String, SimEntry> durable = new TreeMap<>();
    private final List<Map<String, @Nullable SimEntry>> unsynced = new ArrayList<>();

    @Nullable SimEntry get(String name) {
        return current.get(name);
    }

    /// Names and what they stand for, sorted.
    SortedMap<String, SimEntry> entries() {
        return current;
    }

    void put(String name, SimEntry entry) {
        change(name, entry, null);
    }

    void remove(String name) {
        change(name, null, null);
    }

    /// Gives `entry` the new name and takes its old one, in one step.
    void rename(String from, String to, SimEntry entry) {
        if (!from.equals(to)) {
            change(to, entry, from);
        }
    }

    void sync() {
        unsynced.forEach(change -> apply(change, durable));
        unsynced.clear();
    }

    /// The power went; `survives` is asked for each unsynced change. What becomes of the entries
    /// themselves is the caller's to decide.
    void losePower(BooleanSupplier survives) {
        for (Map<String, @Nullable SimEntry> change : unsynced) {
            if (survives.getAsBoolean()) {
                apply(change, durable);
            }
        }
        unsynced.clear();
        current.clear();
        current.putAll(durable);
    }

    private void change(String name, @Nullable SimEntry entry, @Nullable String removed) {
        Map<String, @Nullable SimEntry> change = new LinkedHashMap<>();
        if (removed != null) {
            change.put(removed, null);
        }
        change.put(name, entry);
        apply(change, current);
        unsynced.add(change);
    }

    private static void apply(
            Map<String, @Nullable SimEntry> change, SortedMap<String, SimEntry> names) {
        change.forEach((name, entry) -> {
            if (entry == null) {
                names.remove(name);
            } else {
                names.put(name, entry);
            }
        });
    }
}
