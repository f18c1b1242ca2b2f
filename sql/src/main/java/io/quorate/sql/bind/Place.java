package io.quorate.sql.bind;

/// Where an expression stands, and what that allows.
///
/// @param name as messages call it: "aggregate functions are not allowed in `name`"
record Place(String name, boolean aggregates, boolean sets, boolean windows) {
    static final Place WHERE = new Place("WHERE", false, false, false);
    static final Place JOIN = new Place("JOIN conditions", false, false, false);
    static final Place GROUP_BY = new Place("GROUP BY", false, true, false);
    static final Place HAVING = new Place("HAVING", true, false, false);
    static final Place SELECT = new Place("SELECT", true, true, true);
    static final Place ORDER_BY = new Place("ORDER BY", true, true, true);
    static final Place LIMIT = new Place("LIMIT", false, false, false);
    static final Place OFFSET = new Place("OFFSET", false, false, false);
    static final Place VALUES = new Place("VALUES", false, true, false);
    static final Place FROM = new Place("functions in FROM", false, true, false);
    static final Place UPDATE = new Place("UPDATE", false, false, false);
    static final Place RETURNING = new Place("RETURNING", false, false, false);
    static final Place DEFAULT = new Place("DEFAULT expressions", false, false, false);
    static final Place CHECK = new Place("check constraints", false, false, false);
    static final Place INDEX = new Place("index expressions", false, false, false);
    static final Place AGGREGATE = new Place("aggregate function calls", false, false, false);
    static final Place FILTER = new Place("FILTER", false, false, false);

    /// Aggregates are those of the groups that the window looks at.
    static final Place WINDOW = new Place("window definitions", true, false, false);

    static final Place WINDOW_ROWS = new Place("window ROWS", false, false, false);
    static final Place WINDOW_RANGE = new Place("window RANGE", false, false, false);
    static final Place WINDOW_GROUPS = new Place("window GROUPS", false, false, false);
}
