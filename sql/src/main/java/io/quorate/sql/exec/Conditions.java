package io.quorate.sql.exec;

import io.quorate.sql.algebra.Callee;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.Constant;
import io.quorate.sql.function.Implementation;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import io.quorate.sql.type.TypedDatum;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Three-valued logic: true, false, and NULL for unknown.
final class Conditions {
    /// From here on a list is looked up in a hash table.
    private static final int HASHED_LIST_SIZE = 9;

    private Conditions() {}

    static Evaluator and(Evaluator[] children) {
        return (frame, row) -> {
            boolean unknown = false;
            for (Evaluator child : children) {
                Object value = child.evaluate(frame, row);
                if (value == null) {
                    unknown = true;
                } else if (!((Boolean) value)) {
                    return false;
                }
            }
            return unknown ? null : true;
        };
    }

    static Evaluator or(Evaluator[] children) {
        return (frame, row) -> {
            boolean unknown = false;
            for (Evaluator child : children) {
                Object value = child.evaluate(frame, row);
                if (value == null) {
                    unknown = true;
                } else if ((Boolean) value) {
                    return true;
                }
            }
            return unknown ? null : false;
        };
    }

    static Evaluator not(Evaluator operand) {
        return (frame, row) -> negated(operand.evaluate(frame, row));
    }

    static @Nullable Object negated(@Nullable Object value) {
        return value == null ? null : !((Boolean) value);
    }

    static Evaluator isNull(Evaluator operand, boolean negated, SqlType type) {
        if (type.kind() == TypeKind.RECORD) {
            return (frame, row) -> recordIsNull(operand.evaluate(frame, row), negated);
        }
        return (frame, row) -> (operand.evaluate(frame, row) == null) != negated;
    }

    /// A record is null if all its fields are, and not null if none is.
    private static boolean recordIsNull(@Nullable Object value, boolean negated) {
        if (value == null) {
            return !negated;
        }
        for (Object field : (List<?>) value) {
            if ((((TypedDatum) field).value() == null) == negated) {
                return false;
            }
        }
        return true;
    }

    static Evaluator isTruth(Evaluator operand, boolean truth, boolean negated) {
        Boolean wanted = truth;
        return (frame, row) -> wanted.equals(operand.evaluate(frame, row)) != negated;
    }

    static Evaluator isDistinct(
            Implementation equality, Evaluator left, Evaluator right, boolean negated) {
        return (frame, row) -> {
            Object first = left.evaluate(frame, row);
            Object second = right.evaluate(frame, row);
            boolean distinct;
            if (first == null || second == null) {
                distinct = first != second;
            } else {
                distinct =
                        !Boolean.TRUE.equals(
                                equality.call(
                                        frame.context().call(), new Object[] {first, second}));
            }
            return distinct != negated;
        };
    }

    static Evaluator inList(Expr.InList expr, Evaluator[] children) {
        Callee equality = expr.equality();
        SqlType type =
                GroupKey.commonHashType(
                        equality.argumentTypes().get(0), equality.argumentTypes().get(1));
        boolean constant = expr.values().stream().allMatch(value -> value instanceof Constant);
        if (constant && type != null && expr.values().size() >= HASHED_LIST_SIZE) {
            return hashedList(expr, children[0], type);
        }
        Implementation implementation = equality.implementation();
        boolean negated = expr.negated();
        return (frame, row) -> {
            Object operand = children[0].evaluate(frame, row);
            boolean unknown = false;
            for (int i = 1; i < children.length; i++) {
                Object equal =
                        implementation.call(
                                frame.context().call(),
                                new Object[] {operand, children[i].evaluate(frame, row)});
                if (equal == null) {
                    unknown = true;
                } else if ((Boolean) equal) {
                    return !negated;
                }
            }
            return unknown ? null : negated;
        };
    }

    private static Evaluator hashedList(Expr.InList expr, Evaluator operand, SqlType type) {
        SqlType[] types = {type};
        Set<GroupKey> values = new HashSet<>();
        boolean hasNull = false;
        for (Expr value : expr.values()) {
            Object datum = ((Constant) value).value();
            if (datum == null) {
                hasNull = true;
            } else {
                values.add(new GroupKey(types, new Object[] {datum}));
            }
        }
        boolean negated = expr.negated();
        boolean listHasNull = hasNull;
        return (frame, row) -> {
            Object value = operand.evaluate(frame, row);
            if (value == null) {
                return null;
            }
            if (values.contains(new GroupKey(types, new Object[] {value}))) {
                return !negated;
            }
            return listHasNull ? null : negated;
        };
    }

    static Evaluator quantifiedArray(Expr.QuantifiedArray expr, Evaluator left, Evaluator arrayOf) {
        Implementation implementation = expr.operator().implementation();
        boolean all = expr.all();
        return (frame, row) -> {
            Object operand = left.evaluate(frame, row);
            Object array = arrayOf.evaluate(frame, row);
            if (array == null) {
                return null;
            }
            SqlArray elements = (SqlArray) array;
            boolean unknown = false;
            for (int i = 0; i < elements.size(); i++) {
                Object outcome =
                        implementation.call(
                                frame.context().call(), new Object[] {operand, elements.get(i)});
                if (outcome == null) {
                    unknown = true;
                } else if ((Boolean) outcome != all) {
                    return !all;
                }
            }
            return unknown ? null : all;
        };
    }

    static Evaluator rowCompare(Expr.RowCompare expr, Evaluator[] children) {
        int width = expr.operators().size();
        return (frame, row) -> {
            for (int i = 0; i < width; i++) {
                @Nullable Object[] pair = {
                    children[i].evaluate(frame, row), children[width + i].evaluate(frame, row)
                };
                Object equal =
                        expr.equalities()
                                .get(i)
                                .implementation()
                                .call(frame.context().call(), pair);
                if (equal == null) {
                    return null;
                }
                if (!((Boolean) equal) || i == width - 1) {
                    return expr.operators()
                            .get(i)
                            .implementation()
                            .call(frame.context().call(), pair);
                }
            }
            return null;
        };
    }
}
