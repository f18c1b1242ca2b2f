package io.quorate.sql.session;

import io.quorate.sql.catalog.Schema;
import io.quorate.sql.type.ObjectNames;
import io.quorate.sql.type.SessionFormat;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What every value and every name needs to know of the settings, kept until one of them changes.
final class DerivedSettings {
    private final Settings settings;
    private final CatalogFunctions catalog;
    private @Nullable Read read;
    private @Nullable Made made;

    /// The settings, read.
    ///
    /// @param plain a format that knows neither the transaction nor the schema
    private record Read(long version, List<String> searchPath, SessionFormat plain) {}

    /// The last format, and what it was made of.
    private record Made(Read of, Schema schema, SessionFormat format) {}

    DerivedSettings(Settings settings, CatalogFunctions catalog) {
        this.settings = settings;
        this.catalog = catalog;
    }

    List<String> searchPath() {
        return read().searchPath();
    }

    /// @param micros when the transaction began; microseconds since 2000-01-01 UTC
    SessionFormat format(Schema schema, long micros) {
        Read now = read();
        Made last = made;
        if (last != null
                && last.of() == now
                && last.schema() == schema
                && last.format().transactionMicros() == micros) {
            return last.format();
        }
        SessionFormat format =
                now.plain()
                        .withTransactionMicros(micros)
                        .withNames(catalog.names(schema, now.searchPath()));
        made = new Made(now, schema, format);
        return format;
    }

    private Read read() {
        Read last = read;
        if (last == null || last.version() != settings.version()) {
            List<String> path = schemasOf(settings.require("search_path", ""));
            last = new Read(settings.version(), path, plainFormat());
            read = last;
        }
        return last;
    }

    private SessionFormat plainFormat() {
        String zone = settings.require("timezone", "UTC");
        String dateStyle = settings.require("datestyle", "");
        return new SessionFormat(
                ZoneId.of(zone, ZoneId.SHORT_IDS),
                SessionFormat.DateOrder.valueOf(dateStyle.substring(dateStyle.length() - 3)),
                Integer.parseInt(settings.require("extra_float_digits", "")),
                settings.require("bytea_output", "").equals("hex"),
                0,
                ObjectNames.NONE);
    }

    private static List<String> schemasOf(String searchPath) {
        List<String> path = new ArrayList<>();
        for (String part : searchPath.split(",")) {
            String name = part.strip();
            if (name.startsWith("\"") && name.endsWith("\"") && name.length() > 1) {
                name = name.substring(1, name.length() - 1);
            }
            if (!name.isEmpty() && !name.equals("$user")) {
                path.add(name);
            }
        }
        return List.copyOf(path);
    }
}
