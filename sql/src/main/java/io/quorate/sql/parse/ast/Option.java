package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `name [value]`, of the option lists of COPY, EXPLAIN, VACUUM, WITH (…) and others. Which names
/// and values are good is not grammar.
///
/// @param name in lower case; with its namespace before a dot where it has one
///     (`toast.autovacuum_enabled`)
/// @param value null if only the name was written
public record Option(String name, @Nullable Value value, int position) implements Node {
    public sealed interface Value {
        /// A word, a number or a string, as text.
        record Text(String text) implements Value {}

        /// `(a, b)`.
        record Items(List<String> items) implements Value {
            public Items {
                items = List.copyOf(items);
            }
        }

        /// `*`.
        record Star() implements Value {}
    }
}
