package io.quorate.sql.function;

/// All families of built-in functions.
final class Builtins {
    private Builtins() {}

    static void register(Registry registry) {
        Comparisons.register(registry);
        IntegerFunctions.register(registry);
        FloatFunctions.register(registry);
        NumericFunctions.register(registry);
        TextFunctions.register(registry);
        TextShapes.register(registry);
        BytesFunctions.register(registry);
        PatternFunctions.register(registry);
        DateTimeArithmetic.register(registry);
        DateTimeFields.register(registry);
        DateTimeFunctions.register(registry);
        ArrayFunctions.register(registry);
        SetFunctions.register(registry);
        SystemFunctions.register(registry);
        CatalogCalls.register(registry);
        Aggregates.register(registry);
    }
}
