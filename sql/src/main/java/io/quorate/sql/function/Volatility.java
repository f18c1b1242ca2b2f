package io.quorate.sql.function;

/// What a planner may assume of a function.
public enum Volatility {
    /// The same arguments give the same result, always.
    IMMUTABLE('i'),
    /// … within one statement.
    STABLE('s'),
    /// Anything may happen at each call.
    VOLATILE('v');

    private final char code;

    Volatility(char code) {
        this.code = code;
    }

    /// The letter of `pg_proc.provolatile`.
    public char code() {
        return code;
    }

    static Volatility of(String code) {
        return switch (code) {
            case "i" -> IMMUTABLE;
            case "s" -> STABLE;
            default -> VOLATILE;
        };
    }
}
