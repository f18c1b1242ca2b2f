package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settles the polymorphic types of a routine by the arguments of one call: all of `anyelement`,
/// `anynonarray` and the elements of `anyarray` are one type; those of the `anycompatible` family
/// are brought to a common one.
final class Polymorphism {
    private final @Nullable SqlType element;
    private final @Nullable SqlType array;
    private final @Nullable SqlType compatible;

    private Polymorphism(
            @Nullable SqlType element, @Nullable SqlType array, @Nullable SqlType compatible) {
        this.element = element;
        this.array = array;
        this.compatible = compatible;
    }

    /// Whether the arguments agree with each other where the declared types ask for it.
    static boolean consistent(List<SqlType> declared, List<SqlType> arguments) {
        return !isPolymorphic(declared) || settle(declared, arguments) != null;
    }

    static boolean isPolymorphic(List<SqlType> types) {
        return types.stream().anyMatch(SqlType::isPolymorphic);
    }

    /// Null where the arguments do not agree.
    static @Nullable Polymorphism settle(List<SqlType> declared, List<SqlType> arguments) {
        SqlType element = null;
        SqlType array = null;
        List<SqlType> compatibles = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            SqlType argument = arguments.get(i).withTypmod(-1);
            boolean unknown = argument.kind() == TypeKind.UNKNOWN;
            switch (declared.get(i).name()) {
                case "anyelement", "anynonarray" -> {
                    if (unknown) {
                        continue;
                    }
                    if (element != null && !element.sameTypeAs(argument)) {
                        return null;
                    }
                    element = argument;
                }
                case "anyarray" -> {
                    if (unknown) {
                        continue;
                    }
                    if (array != null && !array.sameTypeAs(argument)) {
                        return null;
                    }
                    array = argument;
                }
                case "anycompatible", "anycompatiblenonarray" -> compatibles.add(argument);
                case "anycompatiblearray" -> {
                    SqlType of = argument.element();
                    compatibles.add(of == null ? SqlType.UNKNOWN : of);
                }
                default -> {}
            }
        }
        SqlType ofArray = array == null ? null : array.element();
        if (ofArray != null && element != null && !ofArray.sameTypeAs(element)) {
            return null;
        }
        SqlType common = compatibles.isEmpty() ? null : CommonType.selectOrNull(compatibles);
        if (!compatibles.isEmpty() && common == null) {
            return null;
        }
        return new Polymorphism(element == null ? ofArray : element, array, common);
    }

    /// The type that stands for a declared one; 42804 where nothing says it.
    SqlType actual(SqlType declared) {
        SqlType actual =
                switch (declared.name()) {
                    case "anyelement", "anynonarray" -> element;
                    case "anyarray" ->
                            array != null || element == null ? array : SqlType.arrayOf(element);
                    case "anycompatible", "anycompatiblenonarray" -> compatible;
                    case "anycompatiblearray" ->
                            compatible == null ? null : SqlType.arrayOf(compatible);
                    default -> declared;
                };
        if (actual == null) {
            throw new QuorateException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "could not determine polymorphic type because input has type unknown");
        }
        return actual;
    }
}
