package io.quorate.sql.parse.ast;

import io.quorate.common.check.Check;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Walks and rebuilds trees of any kind. It goes by the components of the records, so that a new kind
/// of node needs nothing here; it is meant for schema changes, not for statements that run often.
public final class Trees {
    private Trees() {}

    /// The tree with some nodes replaced. What `mapping` answers with another node is taken as it is,
    /// without looking inside.
    ///
    /// @param <T> the kind of the root, which must not be replaced by one of another kind
    @SuppressWarnings("unchecked")
    public static <T extends Node> T rewrite(T root, UnaryOperator<Node> mapping) {
        return (T) Check.present(rewriteValue(root, mapping), "a node becomes a node");
    }

    /// Every node, each before those inside it.
    public static void walk(Node root, Consumer<Node> visitor) {
        rewrite(
                root,
                node -> {
                    visitor.accept(node);
                    return node;
                });
    }

    private static @Nullable Object rewriteValue(
            @Nullable Object value, UnaryOperator<Node> mapping) {
        if (value instanceof Node node) {
            Node mapped = mapping.apply(node);
            if (mapped != node) {
                return mapped;
            }
        }
        return switch (value) {
            case null -> null;
            case List<?> list -> {
                List<Object> rebuilt = new ArrayList<>();
                list.forEach(each ->
                        rebuilt.add(
                                Check.present(rewriteValue(each, mapping), "lists hold no nulls")));
                yield rebuilt;
            }
            case Record part when part.getClass().getPackage() == Node.class.getPackage() ->
                    rebuild(part, mapping);
            default -> value;
        };
    }

    private static Object rebuild(Record part, UnaryOperator<Node> mapping) {
        RecordComponent[] components = part.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        boolean changed = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                Object before = components[i].getAccessor().invoke(part);
                values[i] = rewriteValue(before, mapping);
                changed |= before != values[i];
            }
            if (!changed) {
                return part;
            }
            Constructor<?> constructor = part.getClass().getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("the nodes of a tree are public records", impossible);
        }
    }
}
