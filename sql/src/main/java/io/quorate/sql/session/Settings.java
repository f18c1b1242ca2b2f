package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.SystemView.Setting;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The session's settings. Changes made in a transaction go back with it; LOCAL ones always do.
final class Settings {
    private final Map<String, SettingDefinition> definitions;
    private final Map<String, String> startValues = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();

    /// What the transaction changed, as it was before; null for a name that had no value.
    private final Map<String, @Nullable String> beforeTransaction = new LinkedHashMap<>();

    private final Map<String, String> localBefore = new LinkedHashMap<>();
    private boolean inTransaction;
    private long version;

    Settings(Map<String, SettingDefinition> definitions) {
        this.definitions = definitions;
        definitions
                .values()
                .forEach(each -> startValues.put(key(each.name()), each.defaultValue()));
        values.putAll(startValues);
    }

    /// A value given when the session was opened, which RESET goes back to.
    void start(String name, String value) {
        SettingDefinition definition = require(name);
        String accepted = definition.accept(value);
        startValues.put(key(name), accepted);
        put(key(name), accepted);
    }

    /// As SHOW prints it; null where there is no such setting.
    @Nullable String get(String name) {
        return values.get(key(name));
    }

    String require(String name, String what) {
        String value = get(name);
        if (value == null) {
            throw unknown(name);
        }
        return value.isEmpty() && !what.isEmpty() ? what : value;
    }

    void set(String name, String value, boolean local) {
        SettingDefinition definition = require(name);
        if (!definition.changeable()) {
            throw new QuorateException(
                    ErrorCode.CANT_CHANGE_RUNTIME_PARAM,
                    "parameter \"" + definition.name() + "\" cannot be changed");
        }
        String accepted = definition.accept(value);
        if (local && inTransaction) {
            localBefore.putIfAbsent(key(name), require(name, ""));
        }
        put(key(name), accepted);
    }

    void reset(String name) {
        SettingDefinition definition = require(name);
        if (definition.changeable()) {
            put(key(name), startValues.getOrDefault(key(name), definition.defaultValue()));
        }
    }

    void resetAll() {
        definitions.values().forEach(each -> reset(each.name()));
    }

    /// Grows with every change, so that what is derived from settings can be kept.
    long version() {
        return version;
    }

    void beginTransaction() {
        inTransaction = true;
        beforeTransaction.clear();
        localBefore.clear();
    }

    void endTransaction(boolean committed) {
        if (inTransaction) {
            inTransaction = false;
            (committed ? localBefore : beforeTransaction).forEach(this::putBack);
            beforeTransaction.clear();
            localBefore.clear();
        }
    }

    private void put(String key, String value) {
        if (inTransaction && !beforeTransaction.containsKey(key)) {
            beforeTransaction.put(key, values.get(key));
        }
        values.put(key, value);
        version++;
    }

    private void putBack(String key, @Nullable String before) {
        if (before == null) {
            values.remove(key);
        } else {
            values.put(key, before);
        }
        version++;
    }

    /// Those that clients are told of, under their proper names.
    Map<String, String> reported() {
        Map<String, String> reported = new LinkedHashMap<>();
        for (SettingDefinition definition : definitions.values()) {
            if (definition.reported()) {
                reported.put(definition.name(), require(definition.name(), ""));
            }
        }
        return reported;
    }

    /// All, for SHOW ALL and pg_settings.
    List<SettingDefinition> all() {
        return List.copyOf(definitions.values());
    }

    /// As `pg_settings` lists them, by name.
    List<Setting> listed() {
        return all().stream()
                .sorted(Comparator.comparing(definition -> key(definition.name())))
                .map(this::listed)
                .toList();
    }

    private Setting listed(SettingDefinition definition) {
        return new Setting(
                definition.name(),
                require(definition.name(), ""),
                definition.defaultValue(),
                startValues.getOrDefault(key(definition.name()), definition.defaultValue()),
                definition.description(),
                definition.changeable());
    }

    private SettingDefinition require(String name) {
        SettingDefinition definition = definitions.get(key(name));
        if (definition != null) {
            return definition;
        }
        if (name.indexOf('.') > 0) {
            // A name with a dot is the user's own, as in PostgreSQL.
            return new SettingDefinition(name, "", "", true, false, SettingDefinition.Rule.ANY);
        }
        throw unknown(name);
    }

    private static QuorateException unknown(String name) {
        return new QuorateException(
                ErrorCode.UNDEFINED_OBJECT,
                "unrecognized configuration parameter \"" + name + "\"");
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
