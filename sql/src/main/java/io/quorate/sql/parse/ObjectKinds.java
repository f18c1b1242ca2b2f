package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.QualifiedName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words for the kinds of object behind DROP, COMMENT ON and GRANT … ON.
final class ObjectKinds {
    private static final Set<ObjectKind> OF_TABLE =
            EnumSet.of(ObjectKind.TRIGGER, ObjectKind.RULE, ObjectKind.POLICY);

    /// Named by more than a name: arguments, operands, types, a language.
    private static final Set<ObjectKind> COMPLEX =
            EnumSet.of(
                    ObjectKind.FUNCTION,
                    ObjectKind.PROCEDURE,
                    ObjectKind.ROUTINE,
                    ObjectKind.AGGREGATE,
                    ObjectKind.OPERATOR,
                    ObjectKind.OPERATOR_CLASS,
                    ObjectKind.OPERATOR_FAMILY,
                    ObjectKind.CAST,
                    ObjectKind.TRANSFORM,
                    ObjectKind.LARGE_OBJECT);

    private final Grammar grammar;
    private final Tokens tokens;

    ObjectKinds(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// The kind whose words stand here.
    ObjectKind kind() {
        ObjectKind longest = null;
        int words = 0;
        for (ObjectKind kind : ObjectKind.values()) {
            int matched = matched(kind);
            if (matched > words && kind != ObjectKind.DOMAIN_CONSTRAINT) {
                longest = kind;
                words = matched;
            }
        }
        if (longest == null) {
            tokens.accept("procedural");
            if (!tokens.accept("language")) {
                throw tokens.syntaxError();
            }
            return ObjectKind.LANGUAGE;
        }
        for (int i = 0; i < words; i++) {
            tokens.next();
        }
        return longest;
    }

    /// Whether a name alone says which one is meant.
    boolean isPlain(ObjectKind kind) {
        return !COMPLEX.contains(kind) && !OF_TABLE.contains(kind);
    }

    /// Whether it is named by `name ON table`.
    boolean isOfTable(ObjectKind kind) {
        return OF_TABLE.contains(kind);
    }

    /// `name ON table`, as the table's name with the other behind it.
    QualifiedName nameOfTable() {
        Name name = tokens.name();
        tokens.expect("on");
        return under(grammar.names.qualified(), name);
    }

    static QualifiedName under(QualifiedName owner, Name name) {
        List<String> parts = new ArrayList<>(owner.parts());
        parts.add(name.text());
        return new QualifiedName(parts, name.position());
    }

    /// How many words stand here if they are this kind's; else 0.
    private int matched(ObjectKind kind) {
        String[] words = kind.name().toLowerCase(Locale.ROOT).split("_");
        for (int i = 0; i < words.length; i++) {
            if (!tokens.peek(i).is(words[i])) {
                return 0;
            }
        }
        return words.length;
    }
}
