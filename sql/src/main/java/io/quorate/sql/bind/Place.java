package io.quorate.sql.bind;

/// Where an expression stands, and what that allows.
///
/// @param name as messages call it: "aggregate functions are not allowed in `name`"
record Place(String name, boolean aggregates, boolean sets) {
    static final Place WHERE = new Place("WHERE", false, false);
    static final Place JOIN = new Place("JOIN conditions", false, false);
    static final Place GROUP_BY = new Place("GROUP BY", false, true);
    static final Place HAVING = new Place("HAVING", true, false);
    static final Place SELECT = new Place("SELECT", true, true);
    static final Place ORDER_BY = new Place("ORDER BY", true, true);
    static final Place LIMIT = new Place("LIMIT", false, false);
    static final Place OFFSET = new Place("OFFSET", false, false);
    static final Place VALUES = new Place("VALUES", false, true);
    static final Place FROM = new Place("functions in FROM", false, true);
    static final Place UPDATE = new Place("UPDATE", false, false);
    static final Place RETURNING = new Place("RETURNING", false, false);
    static final Place DEFAULT = new Place("DEFAULT expressions", false, false);
    static final Place CHECK = new Place("check constraints", false, false);
    static final Place INDEX = new Place("index expressions", false, false);
    static final Place AGGREGATE = new Place("aggregate function calls", false, false);
    static final Place FILTER = new Place("FILTER", false, false);
}
