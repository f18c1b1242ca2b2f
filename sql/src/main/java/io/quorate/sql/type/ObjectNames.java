package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import org.jspecify.annotations.Nullable;

/// The names behind the `reg…` types, as the session's search path shows them. Answered by the
/// catalog.
public interface ObjectNames {
    /// The name of an object, quoted and qualified as far as the search path asks for it, or null
    /// where there is none (the number is shown then).
    @Nullable String nameOf(SqlType regType, long oid);

    /// The oid of a name as written, or null where there is no such object.
    @Nullable Long oidOf(SqlType regType, String name);

    /// The error for a name that stands for nothing.
    static QuorateException undefined(SqlType regType, String name) {
        return switch (regType.name()) {
            case "regclass" ->
                    new QuorateException(
                            ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
            case "regtype" -> undefined("type", name);
            case "regnamespace" ->
                    new QuorateException(
                            ErrorCode.INVALID_SCHEMA_NAME,
                            "schema \"" + name + "\" does not exist");
            case "regrole" -> undefined("role", name);
            case "regoper", "regoperator" ->
                    new QuorateException(
                            ErrorCode.UNDEFINED_FUNCTION, "operator does not exist: " + name);
            default ->
                    new QuorateException(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function \"" + name + "\" does not exist");
        };
    }

    private static QuorateException undefined(String what, String name) {
        return new QuorateException(
                ErrorCode.UNDEFINED_OBJECT, what + " \"" + name + "\" does not exist");
    }

    /// Knows no name but those of the built-in types.
    ObjectNames NONE =
            new ObjectNames() {
                @Override
                public @Nullable String nameOf(SqlType regType, long oid) {
                    SqlType type =
                            regType.oid() == SqlType.REGTYPE.oid() ? Types.byOid((int) oid) : null;
                    return type == null ? null : type.format();
                }

                @Override
                public @Nullable Long oidOf(SqlType regType, String name) {
                    SqlType type =
                            regType.oid() == SqlType.REGTYPE.oid() ? TypeNames.parse(name) : null;
                    return type == null ? null : (long) type.oid();
                }
            };
}
