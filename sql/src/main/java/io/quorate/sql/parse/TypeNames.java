package io.quorate.sql.parse;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.ast.TypeName.IntervalFields;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types, with the spellings that SQL has of its own: `double precision`, `character varying(5)`,
/// `timestamp(3) with time zone`, `interval day to second`.
final class TypeNames {
    private static final int FLOAT4_BITS_MAX = 24;
    private static final int FLOAT8_BITS_MAX = 53;

    private final Grammar grammar;
    private final Tokens tokens;

    TypeNames(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// A type with its array bounds.
    TypeName type() {
        int position = tokens.position();
        boolean setOf = tokens.accept("setof");
        TypeName simple = simple();
        List<Integer> bounds = arrayBounds();
        if (bounds.isEmpty() && !setOf) {
            return simple;
        }
        return new TypeName(
                simple.name(),
                simple.modifiers(),
                bounds,
                simple.intervalFields(),
                setOf,
                position);
    }

    /// Whether a type with a spelling of SQL's own starts here: only these can stand before a
    /// string
    /// without being names of functions too.
    boolean atBuiltIn() {
        Token token = tokens.peek();
        if (token.kind() != TokenKind.KEYWORD) {
            return false;
        }
        return switch (token.text()) {
            case "int", "integer", "smallint", "bigint", "real", "float", "decimal", "dec" -> true;
            case "numeric", "boolean", "bit", "character", "char", "varchar", "national" -> true;
            case "nchar", "timestamp", "time", "interval" -> true;
            case "double" -> tokens.peek(1).is("precision");
            default -> false;
        };
    }

    /// A type of [#atBuiltIn()], with its modifiers.
    TypeName builtIn() {
        Token token = tokens.next();
        int position = token.position();
        return switch (token.text()) {
            case "int", "integer" -> TypeName.system("int4", position);
            case "smallint" -> TypeName.system("int2", position);
            case "bigint" -> TypeName.system("int8", position);
            case "real" -> TypeName.system("float4", position);
            case "boolean" -> TypeName.system("bool", position);
            case "float" -> floating(position);
            case "double" -> {
                tokens.expect("precision");
                yield TypeName.system("float8", position);
            }
            case "decimal", "dec", "numeric" -> system("numeric", modifiers(), position);
            case "bit" -> bit(position);
            case "national" -> {
                tokens.expectAny("character", "char");
                yield character(position);
            }
            case "character", "char", "nchar" -> character(position);
            case "varchar" -> system("varchar", length(), position);
            case "timestamp", "time" -> timeOfDay(token.text(), position);
            case "interval" -> interval(position);
            default -> throw tokens.syntaxError(token);
        };
    }

    /// A type by any other name; it may be one of several parts.
    TypeName generic() {
        if (!tokens.peek().isTypeOrFunctionName()) {
            throw tokens.syntaxError();
        }
        QualifiedName name = grammar.names.dotted(tokens.label());
        return new TypeName(name, modifiers(), List.of(), null, false, name.position());
    }

    /// A name alone, without modifiers.
    TypeName named() {
        QualifiedName name = grammar.names.qualified();
        return new TypeName(name, List.of(), List.of(), null, false, name.position());
    }

    /// The fields behind `interval '…'`; null if there are none.
    @Nullable IntervalFields intervalFields() {
        if (tokens.accept("year")) {
            return tokens.accept("to", "month")
                    ? IntervalFields.YEAR_TO_MONTH
                    : IntervalFields.YEAR;
        }
        if (tokens.accept("month")) {
            return IntervalFields.MONTH;
        }
        if (tokens.accept("day")) {
            if (!tokens.accept("to")) {
                return IntervalFields.DAY;
            }
            return switch (tokens.expectAny("hour", "minute", "second")) {
                case "hour" -> IntervalFields.DAY_TO_HOUR;
                case "minute" -> IntervalFields.DAY_TO_MINUTE;
                default -> IntervalFields.DAY_TO_SECOND;
            };
        }
        if (tokens.accept("hour")) {
            if (!tokens.accept("to")) {
                return IntervalFields.HOUR;
            }
            return tokens.expectAny("minute", "second").equals("minute")
                    ? IntervalFields.HOUR_TO_MINUTE
                    : IntervalFields.HOUR_TO_SECOND;
        }
        if (tokens.accept("minute")) {
            return tokens.accept("to", "second")
                    ? IntervalFields.MINUTE_TO_SECOND
                    : IntervalFields.MINUTE;
        }
        return tokens.accept("second") ? IntervalFields.SECOND : null;
    }

    /// An interval's type from what stands before and behind its string.
    TypeName interval(@Nullable Expression precision, int position) {
        IntervalFields fields = precision == null ? intervalFields() : null;
        List<Expression> modifiers =
                precision != null
                        ? List.of(precision)
                        : fields != null && endsInSecond(fields) ? length() : List.of();
        return new TypeName(
                QualifiedName.system("interval", position),
                modifiers,
                List.of(),
                fields,
                false,
                position);
    }

    private TypeName simple() {
        return atBuiltIn() ? builtIn() : generic();
    }

    private TypeName interval(int position) {
        return interval(tokens.at("(") ? length().getFirst() : null, position);
    }

    private static boolean endsInSecond(IntervalFields fields) {
        return fields.sql().endsWith("second");
    }

    private TypeName floating(int position) {
        if (!tokens.accept("(")) {
            return TypeName.system("float8", position);
        }
        int at = tokens.position();
        int bits = tokens.integer();
        tokens.expect(")");
        if (bits < 1) {
            throw Tokens.refusal(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "precision for type float must be at least 1 bit",
                    at);
        }
        if (bits > FLOAT8_BITS_MAX) {
            throw Tokens.refusal(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "precision for type float must be less than 54 bits",
                    at);
        }
        return TypeName.system(bits <= FLOAT4_BITS_MAX ? "float4" : "float8", position);
    }

    private TypeName bit(int position) {
        if (tokens.accept("varying")) {
            return system("varbit", modifiers(), position);
        }
        List<Expression> length = modifiers();
        return system("bit", length.isEmpty() ? one(position) : length, position);
    }

    private TypeName character(int position) {
        if (tokens.accept("varying")) {
            return system("varchar", length(), position);
        }
        List<Expression> length = length();
        return system("bpchar", length.isEmpty() ? one(position) : length, position);
    }

    private static List<Expression> one(int position) {
        return List.of(new Expression.NumberLiteral("1", position));
    }

    private TypeName timeOfDay(String word, int position) {
        List<Expression> precision = length();
        boolean zoned = tokens.accept("with", "time", "zone");
        if (!zoned) {
            tokens.accept("without", "time", "zone");
        }
        return system(zoned ? word + "tz" : word, precision, position);
    }

    /// `(n)`, or nothing.
    private List<Expression> length() {
        if (!tokens.accept("(")) {
            return List.of();
        }
        Token number = tokens.expect(TokenKind.INTEGER);
        tokens.expect(")");
        return List.of(new Expression.NumberLiteral(number.text(), number.position()));
    }

    private List<Expression> modifiers() {
        if (!tokens.accept("(")) {
            return List.of();
        }
        List<Expression> modifiers = grammar.expressions.list();
        tokens.expect(")");
        return modifiers;
    }

    private List<Integer> arrayBounds() {
        if (tokens.accept("array")) {
            if (!tokens.accept("[")) {
                return List.of(TypeName.UNBOUNDED);
            }
            int bound = tokens.integer();
            tokens.expect("]");
            return List.of(bound);
        }
        if (!tokens.at("[")) {
            return List.of();
        }
        List<Integer> bounds = new ArrayList<>();
        while (tokens.accept("[")) {
            bounds.add(tokens.at("]") ? TypeName.UNBOUNDED : tokens.integer());
            tokens.expect("]");
        }
        return bounds;
    }

    private static TypeName system(String name, List<Expression> modifiers, int position) {
        return new TypeName(
                QualifiedName.system(name, position), modifiers, List.of(), null, false, position);
    }
}
