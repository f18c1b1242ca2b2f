package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Node;
import io.quorate.sql.parse.ast.OperatorName;
import io.quorate.sql.parse.ast.QualifiedName;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A tree as an S-expression: the name of the record, then every component that says something.
/// Positions, absent clauses and the values that stand for "not written" are left out.
final class TreeDump {
    private static final Set<String> UNWRITTEN =
            Set.of(
                    "DEFAULT",
                    "NONE",
                    "BLOCK",
                    "NO_OTHERS",
                    "PERMANENT",
                    "SIMPLE",
                    "NOT_DEFERRABLE",
                    "CALL");

    private TreeDump() {}

    static String dump(Object node) {
        String text = value(node);
        return text == null ? "()" : text;
    }

    private static @Nullable String value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Name name -> word(name.text());
            case QualifiedName name -> word(String.join(".", name.parts()));
            case OperatorName name ->
                    word(String.join(".", name.schema()) + "`" + name.symbol() + "`");
            case String text -> "'" + text.replace("\n", "\\n") + "'";
            case Boolean flag -> flag ? "true" : null;
            case Enum<?> constant ->
                    UNWRITTEN.contains(constant.name())
                            ? null
                            : constant.name().toLowerCase(Locale.ROOT);
            case List<?> list -> list(list);
            case Record node -> node(node);
            default -> value.toString();
        };
    }

    private static String word(String text) {
        return text.contains(" ") ? '"' + text + '"' : text;
    }

    private static @Nullable String list(List<?> list) {
        if (list.isEmpty()) {
            return null;
        }
        StringJoiner joined = new StringJoiner(" ", "[", "]");
        list.forEach(element -> joined.add(dump(element)));
        return joined.toString();
    }

    private static String node(Record node) {
        StringJoiner joined = new StringJoiner(" ", "(", ")");
        joined.add(node.getClass().getSimpleName());
        RecordComponent[] components = node.getClass().getRecordComponents();
        for (RecordComponent component : components) {
            if (component.getName().equals("position") && node instanceof Node) {
                continue;
            }
            String text = value(read(node, component));
            if (text != null) {
                boolean only = components.length <= 2;
                boolean flag = text.equals("true") && component.getType() == boolean.class;
                joined.add(
                        flag
                                ? component.getName()
                                : only ? text : component.getName() + "=" + text);
            }
        }
        return joined.toString();
    }

    private static @Nullable Object read(Record node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException closed) {
            throw new LinkageError("a record hides a component", closed);
        }
    }
}
