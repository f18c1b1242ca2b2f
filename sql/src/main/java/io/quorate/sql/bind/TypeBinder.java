package io.quorate.sql.bind;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a written type name means.
public final class TypeBinder {
    private TypeBinder() {}

    /// 42704 where there is no such type.
    public static SqlType resolve(TypeName name) {
        List<String> qualifier = name.name().qualifier();
        if (name.setOf()) {
            throw Errors.unsupported("SETOF", name.position());
        }
        if (name.intervalFields() != null) {
            throw Errors.unsupported("interval " + name.intervalFields().sql(), name.position());
        }
        List<Integer> modifiers = new ArrayList<>();
        for (Expression modifier : name.modifiers()) {
            modifiers.add(modifier(modifier));
        }
        SqlType type =
                qualifier.isEmpty() || qualifier.equals(List.of("pg_catalog"))
                        ? Errors.at(name.position(), () -> resolve(name.name().last(), modifiers))
                        : null;
        if (type != null && name.isArray()) {
            type = SqlType.arrayOf(type);
        }
        if (type == null) {
            throw Errors.error(
                    ErrorCode.UNDEFINED_OBJECT,
                    "type \"" + String.join(".", name.name().parts()) + "\" does not exist",
                    name.position());
        }
        return type;
    }

    /// The grammar calls the keyword CHAR bpchar, so a type named char is the catalogs' `"char"`.
    private static @Nullable SqlType resolve(String name, List<Integer> modifiers) {
        return name.equals(SqlType.CHAR.name()) ? SqlType.CHAR : TypeNames.resolve(name, modifiers);
    }

    private static int modifier(Expression expression) {
        if (expression instanceof Expression.NumberLiteral number && number.isInteger()) {
            try {
                return Integer.parseInt(number.text());
            } catch (NumberFormatException tooLarge) {
                throw Errors.error(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "type modifier " + number.text() + " is out of range",
                        expression.position());
            }
        }
        throw Errors.error(
                ErrorCode.SYNTAX_ERROR,
                "type modifiers must be simple constants or identifiers",
                expression.position());
    }
}
