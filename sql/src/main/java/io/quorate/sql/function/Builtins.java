package io.quorate.sql.function;

/// All families of built-in functions.
final class Builtins {
    private Builtins() {}

    static void register(Registry registry) {
        Comparisons.register(registry);
        IntegerFunctions.register(registry);
        FloatFunctions.register(registry);
        NumericFunctions.register(registry);
        Aggregates.register(registry);
    }
}
