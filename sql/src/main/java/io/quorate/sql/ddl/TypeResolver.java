package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeNames;
import java.util.ArrayList;
import java.util.List;

/// The type of a column as it was written.
final class TypeResolver {
    private TypeResolver() {}

    static SqlType resolve(TypeName written) {
        List<Integer> modifiers = new ArrayList<>();
        for (Expression modifier : written.modifiers()) {
            modifiers.add(integer(modifier));
        }
        SqlType type = TypeNames.resolve(spelled(written), modifiers);
        if (type == null) {
            throw new QuorateException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "type \""
                                    + String.join(".", written.name().parts())
                                    + "\" does not exist")
                    .withPosition(written.position());
        }
        if (!written.isArray()) {
            return type;
        }
        SqlType array = SqlType.arrayOf(type);
        if (array == null) {
            throw new QuorateException(
                            ErrorCode.UNDEFINED_OBJECT, "could not find array type for " + type)
                    .withPosition(written.position());
        }
        return array;
    }

    private static String spelled(TypeName written) {
        List<String> parts = written.name().parts();
        boolean known =
                parts.size() == 1 || (parts.size() == 2 && parts.getFirst().equals("pg_catalog"));
        return known ? parts.getLast() : String.join(".", parts);
    }

    private static int integer(Expression modifier) {
        if (modifier instanceof Expression.NumberLiteral literal && literal.isInteger()) {
            return Integer.parseInt(literal.text());
        }
        throw new QuorateException(
                        ErrorCode.SYNTAX_ERROR,
                        "type modifiers must be simple constants or identifiers")
                .withPosition(modifier.position());
    }
}
