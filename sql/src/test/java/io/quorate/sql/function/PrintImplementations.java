package io.quorate.sql.function;

/// Prints the registered implementations for `catalog-data.sql`.
final class PrintImplementations {
    private PrintImplementations() {}

    public static void main(String[] arguments) {
        Registry registry = new Registry();
        Builtins.register(registry);
        registry.functionNames().forEach(name -> System.out.println("function\t" + name));
        registry.aggregateNames().forEach(name -> System.out.println("aggregate\t" + name));
    }
}
