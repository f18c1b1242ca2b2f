package io.quorate.sql.type;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Order, equality and hash of values, as the package comment says. Neither side may be null.
public final class Datums {
    private Datums() {}

    /// Negative, zero or positive as PostgreSQL's default btree order has it.
    public static int compare(SqlType type, Object left, Object right) {
        return switch (type.kind()) {
            case BOOL -> Boolean.compare((Boolean) left, (Boolean) right);
            case INT2, INT4, INT8, OID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    Long.compare((Long) left, (Long) right);
            case FLOAT4 -> compareFloats((Float) left, (Float) right);
            case FLOAT8 -> compareFloats((Double) left, (Double) right);
            case NUMERIC -> ((Numeric) left).compareTo((Numeric) right);
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN, VOID ->
                    StringTypes.compare((String) left, (String) right);
            case BPCHAR ->
                    StringTypes.compare(
                            StringTypes.trimBpchar((String) left),
                            StringTypes.trimBpchar((String) right));
            case BYTEA -> ((ByteSlice) left).compareTo((ByteSlice) right);
            case INTERVAL ->
                    ((Interval) left).lengthMicros().compareTo(((Interval) right).lengthMicros());
            case UUID -> compareUuids((UUID) left, (UUID) right);
            case ARRAY, VECTOR -> compareArrays((SqlArray) left, (SqlArray) right);
            case RECORD -> compareRecords((List<?>) left, (List<?>) right);
            case PSEUDO -> throw noOrder(type);
        };
    }

    public static boolean equal(SqlType type, Object left, Object right) {
        return compare(type, left, right) == 0;
    }

    /// Equal values (as [#equal]) have equal hashes, also across the types of a family: an int4 and
    /// an int8, a float4 and a float8. The same in every process.
    public static int hash(SqlType type, Object value) {
        return switch (type.kind()) {
            case BOOL, INT2, INT4, INT8, OID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                    value.hashCode();
            case NUMERIC, BYTEA, UUID -> value.hashCode();
            case FLOAT4 -> hashFloat((Float) value);
            case FLOAT8 -> hashFloat((Double) value);
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN, VOID -> value.hashCode();
            case BPCHAR -> StringTypes.trimBpchar((String) value).hashCode();
            case INTERVAL -> ((Interval) value).lengthMicros().hashCode();
            case ARRAY, VECTOR -> hashArray((SqlArray) value);
            case RECORD -> hashRecord((List<?>) value);
            case PSEUDO -> throw noOrder(type);
        };
    }

    /// NaN is above infinity and equals itself; the zeros are equal.
    static int compareFloats(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }

    private static int hashFloat(double value) {
        return value == 0 ? 0 : Double.hashCode(value);
    }

    private static int compareUuids(UUID left, UUID right) {
        int high =
                Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    /// Element by element, then the number of elements, then the shape.
    private static int compareArrays(SqlArray left, SqlArray right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int order = compareNullLast(left.elementType(), left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(left.size(), right.size());
        if (order == 0) {
            order = Integer.compare(left.dimensions(), right.dimensions());
        }
        for (int i = 0; order == 0 && i < left.dimensions(); i++) {
            order = Integer.compare(left.length(i), right.length(i));
        }
        for (int i = 0; order == 0 && i < left.dimensions(); i++) {
            order = Integer.compare(left.lowerBound(i), right.lowerBound(i));
        }
        return order;
    }

    private static int compareRecords(List<?> left, List<?> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            TypedDatum a = (TypedDatum) left.get(i);
            TypedDatum b = (TypedDatum) right.get(i);
            int order = compareNullLast(a.type(), a.value(), b.value());
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareNullLast(
            SqlType type, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        return compare(type, left, right);
    }

    private static int hashArray(SqlArray array) {
        int hash = 1;
        for (int i = 0; i < array.size(); i++) {
            Object element = array.get(i);
            hash = 31 * hash + (element == null ? 0 : hash(array.elementType(), element));
        }
        return hash;
    }

    private static int hashRecord(List<?> fields) {
        int hash = 1;
        for (Object each : fields) {
            TypedDatum field = (TypedDatum) each;
            hash = 31 * hash + (field.value() == null ? 0 : hash(field.type(), field.value()));
        }
        return hash;
    }

    private static RuntimeException noOrder(SqlType type) {
        return TypeErrors.unsupported("type " + type.format() + " has no order");
    }
}
