package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.parse.ast.Constraint.NumberKind;
import io.quorate.sql.parse.ast.Constraint.SequenceOption;
import io.quorate.sql.type.SqlType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A sequence from its clauses.
final class SequenceBuilder {
    private SequenceBuilder() {}

    static SequenceDescriptor build(
            long oid,
            String schema,
            String name,
            SqlType defaultType,
            List<SequenceOption> options,
            long ownerTable,
            int ownerColumn) {
        SqlType type = defaultType;
        boolean cycles = false;
        Map<NumberKind, Long> numbers = new EnumMap<>(NumberKind.class);
        for (SequenceOption option : options) {
            switch (option) {
                case SequenceOption.As as -> type = TypeResolver.resolve(as.type());
                case SequenceOption.Number number ->
                        numbers.put(number.kind(), parse(number.value(), number.position()));
                case SequenceOption.NoBound _ -> {
                    // The default.
                }
                case SequenceOption.Cycle cycle -> cycles = cycle.cycle();
                case SequenceOption.OwnedBy owned -> {
                    if (owned.column() != null) {
                        throw TableBuilder.unsupported("OWNED BY", owned.position());
                    }
                }
                case SequenceOption.Restart restart ->
                        throw TableBuilder.unsupported("RESTART", restart.position());
                case SequenceOption.SequenceName named ->
                        throw TableBuilder.unsupported("SEQUENCE NAME", named.position());
            }
        }
        long increment = numbers.getOrDefault(NumberKind.INCREMENT, 1L);
        if (increment == 0) {
            throw invalid("INCREMENT must not be zero");
        }
        long minimum = numbers.getOrDefault(NumberKind.MINVALUE, increment > 0 ? 1 : lowest(type));
        long maximum =
                numbers.getOrDefault(NumberKind.MAXVALUE, increment > 0 ? highest(type) : -1);
        if (minimum >= maximum) {
            throw invalid(
                    "MINVALUE (" + minimum + ") must be less than MAXVALUE (" + maximum + ")");
        }
        long start = numbers.getOrDefault(NumberKind.START, increment > 0 ? minimum : maximum);
        if (start < minimum) {
            throw invalid(
                    "START value (" + start + ") cannot be less than MINVALUE (" + minimum + ")");
        }
        if (start > maximum) {
            throw invalid(
                    "START value ("
                            + start
                            + ") cannot be greater than MAXVALUE ("
                            + maximum
                            + ")");
        }
        return new SequenceDescriptor(
                oid,
                schema,
                name,
                type,
                start,
                increment,
                minimum,
                maximum,
                cycles,
                ownerTable,
                ownerColumn);
    }

    private static long lowest(SqlType type) {
        return switch (type.lengthBytes()) {
            case 2 -> Short.MIN_VALUE;
            case 4 -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    private static long highest(SqlType type) {
        return switch (type.lengthBytes()) {
            case 2 -> Short.MAX_VALUE;
            case 4 -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    private static long parse(String text, int position) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw new QuorateException(
                            ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                            "value \"" + text + "\" is out of range for type bigint",
                            tooLarge)
                    .withPosition(position);
        }
    }

    private static QuorateException invalid(String message) {
        return new QuorateException(ErrorCode.INVALID_PARAMETER_VALUE, message);
    }
}
