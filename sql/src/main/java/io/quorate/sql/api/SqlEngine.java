package io.quorate.sql.api;

import java.util.Map;

/// SQL on one node.
public interface SqlEngine {
    /// Opens a session. `settings` are the start-up parameters that are settings (`application_name`,
    /// `TimeZone`, ...). Throws INVALID_CATALOG_NAME for a database that is not there, and
    /// UNDEFINED_OBJECT for an unknown setting.
    Session open(String user, String database, Map<String, String> settings);
}
