package io.quorate.sql.function;

import io.quorate.common.check.Check;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The implementations by the names under which the data files know them, while the tables are
/// built.
final class Registry {
    private final Map<String, SqlFunction.Binding> functions = new TreeMap<>();
    private final Map<String, AggregateFunction.Factory> aggregates = new TreeMap<>();

    void function(String name, Implementation implementation) {
        binding(name, signature -> implementation);
    }

    /// For an implementation that needs the types of the call.
    void binding(String name, SqlFunction.Binding binding) {
        Check.that(functions.put(name, binding) == null, "%s is registered once", name);
    }

    void aggregate(String name, AggregateFunction.Factory factory) {
        Check.that(aggregates.put(name, factory) == null, "%s is registered once", name);
    }

    SqlFunction.@Nullable Binding functionNamed(String name) {
        return functions.get(name);
    }

    AggregateFunction.@Nullable Factory aggregateNamed(String name) {
        return aggregates.get(name);
    }

    Set<String> functionNames() {
        return functions.keySet();
    }

    Set<String> aggregateNames() {
        return aggregates.keySet();
    }
}
