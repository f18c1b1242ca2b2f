package io.quorate.common.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// The counters and gauges of one node. There is one instance per node, handed down by
/// constructors; nothing here is static.
public final class Metrics {
    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<String, LongSupplier> gauges = new ConcurrentHashMap<>();

    /// The counter of that name, made at its first use. Keep it in a field: the look-up hashes.
    public LongAdder counter(String name) {
        return counters.computeIfAbsent(name, _ -> new LongAdder());
    }

    /// A number read when someone looks.
    public void gauge(String name, LongSupplier value) {
        gauges.put(name, value);
    }

    /// All values by name.
    public SortedMap<String, Long> snapshot() {
        SortedMap<String, Long> values = new TreeMap<>();
        counters.forEach((name, adder) -> values.put(name, adder.sum()));
        gauges.forEach((name, gauge) -> values.put(name, gauge.getAsLong()));
        return values;
    }
}
