package io.quorate.sql.function;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.Coercion;
import io.quorate.sql.type.Numeric;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The small part of SQL in which the probes are written, so that they need no parser of SQL:
/// literals with `::type`, calls, and in parentheses one operator with one or two operands.
final class ProbeExpression {
    /// A value with its type, unknown for a bare literal.
    record Value(SqlType type, @Nullable Object datum) {}

    private static final Pattern TYPE =
            Pattern.compile(
                    "(\"char\"|[a-z][a-z0-9_ ]*?(\\(-?\\d+(,-?\\d+)?\\)[a-z ]*)?(\\[\\])*)\\s*(?=[^a-z0-9_ \\[(]|$| [^a-z])");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d*)?");
    private static final Pattern NAME = Pattern.compile("[a-z_0-9.]+");
    private static final Pattern OPERATOR = Pattern.compile("[-+*/<>=~!@#%^&|`?]+");

    private final String text;
    private final Functions functions;
    private final CallContext context;
    private int position;

    ProbeExpression(String text, Functions functions, CallContext context) {
        this.text = text;
        this.functions = functions;
        this.context = context;
    }

    Value evaluate() {
        Value value = primary();
        skipBlanks();
        if (position < text.length()) {
            throw new IllegalArgumentException(text + " at " + position);
        }
        return value;
    }

    private Value primary() {
        skipBlanks();
        Value value;
        if (peek() == '(') {
            value = parenthesised();
        } else if (peek() == '\'') {
            value = new Value(SqlType.UNKNOWN, string());
        } else if (Character.isDigit(peek())) {
            value = number(match(NUMBER));
        } else {
            value = call(match(NAME).replace("pg_catalog.", ""));
        }
        while (text.startsWith("::", position)) {
            position += 2;
            value = cast(value, Objects.requireNonNull(TypeNames.parse(match(TYPE)), text));
        }
        return value;
    }

    private Value parenthesised() {
        position++;
        skipBlanks();
        Value left = isOperator() ? null : primary();
        skipBlanks();
        if (left != null && peek() == ')') {
            position++;
            return left;
        }
        String symbol = match(OPERATOR);
        Value right = primary();
        skipBlanks();
        position++;
        ResolvedOperator operator =
                functions
                        .operators()
                        .resolve(symbol, left == null ? null : left.type(), right.type());
        List<Value> operands = left == null ? List.of(right) : List.of(left, right);
        return apply(
                operator.implementation(),
                operator.argumentTypes(),
                operator.resultType(),
                operands);
    }

    private boolean isOperator() {
        Matcher matcher = OPERATOR.matcher(text);
        matcher.region(position, text.length());
        return matcher.lookingAt();
    }

    private Value call(String name) {
        switch (name) {
            case "null" -> {
                return new Value(SqlType.UNKNOWN, null);
            }
            case "true", "false" -> {
                return new Value(SqlType.BOOL, name.equals("true"));
            }
            default -> {}
        }
        position++;
        List<Value> arguments = new ArrayList<>();
        skipBlanks();
        while (peek() != ')') {
            arguments.add(primary());
            skipBlanks();
            if (peek() == ',') {
                position++;
            }
        }
        position++;
        List<SqlType> types = arguments.stream().map(Value::type).toList();
        return switch (functions.resolve(name, types)) {
            case ResolvedFunction function ->
                    apply(
                            function.implementation(),
                            function.argumentTypes(),
                            function.resultType(),
                            arguments);
            case ResolvedRoutine.TypeConversion conversion ->
                    cast(arguments.getFirst(), conversion.resultType());
            case Windowed windowed ->
                    throw new IllegalArgumentException(windowed.function().name());
        };
    }

    private Value apply(
            Implementation implementation,
            List<SqlType> types,
            SqlType result,
            List<Value> arguments) {
        @Nullable Object[] datums = new Object[arguments.size()];
        for (int i = 0; i < datums.length; i++) {
            Value argument = arguments.get(i);
            Coercion way =
                    Objects.requireNonNull(
                            Casts.find(argument.type(), types.get(i), CastContext.IMPLICIT));
            datums[i] = way.apply(argument.datum(), context.format());
        }
        return new Value(result, implementation.call(context, datums));
    }

    private Value cast(Value value, SqlType target) {
        Coercion way = Casts.find(value.type(), target, CastContext.EXPLICIT);
        if (way == null) {
            throw new QuorateException(
                    ErrorCode.CANNOT_COERCE,
                    "cannot cast type " + value.type() + " to " + target.withTypmod(-1));
        }
        return new Value(target, way.apply(value.datum(), context.format()));
    }

    private static Value number(String digits) {
        if (digits.indexOf('.') >= 0 || digits.length() > 19) {
            return new Value(SqlType.NUMERIC, Numeric.of(new BigDecimal(digits)));
        }
        BigDecimal value = new BigDecimal(digits);
        if (value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return new Value(SqlType.NUMERIC, Numeric.of(value));
        }
        long whole = value.longValueExact();
        return new Value(whole == (int) whole ? SqlType.INT4 : SqlType.INT8, whole);
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        position++;
        while (true) {
            char c = text.charAt(position++);
            if (c != '\'') {
                out.append(c);
            } else if (position < text.length() && peek() == '\'') {
                out.append('\'');
                position++;
            } else {
                return out.toString();
            }
        }
    }

    private String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        matcher.region(position, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException(text + " at " + position + " is not " + pattern);
        }
        position = matcher.end();
        return matcher.group().strip();
    }

    private char peek() {
        return text.charAt(position);
    }

    private void skipBlanks() {
        while (position < text.length() && text.charAt(position) == ' ') {
            position++;
        }
    }
}
