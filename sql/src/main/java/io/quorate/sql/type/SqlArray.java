package io.quorate.sql.type;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array value of any number of dimensions. Immutable: nobody changes the arrays handed in.
public final class SqlArray {
    /// PostgreSQL's `MAXDIM`.
    public static final int DIMENSIONS_MAX = 6;

    private final SqlType elementType;
    private final int[] lengths;
    private final int[] lowerBounds;
    private final @Nullable Object[] elements;

    /// @param lengths one per dimension, none for the empty array
    /// @param elements in row-major order
    public SqlArray(
            SqlType elementType, int[] lengths, int[] lowerBounds, @Nullable Object[] elements) {
        Check.that(lengths.length == lowerBounds.length, "each dimension has a lower bound");
        int product = lengths.length == 0 ? 0 : 1;
        for (int length : lengths) {
            product *= length;
        }
        Check.that(
                product == elements.length,
                "dimensions multiply to %s, not %s",
                product,
                elements.length);
        this.elementType = elementType;
        this.lengths = lengths;
        this.lowerBounds = lowerBounds;
        this.elements = elements;
    }

    /// One dimension from 1, or the empty array.
    public static SqlArray of(SqlType elementType, List<? extends @Nullable Object> elements) {
        return of(elementType, elements.toArray());
    }

    /// As [#of(SqlType, List)]; takes the array over.
    public static SqlArray of(SqlType elementType, @Nullable Object[] elements) {
        if (elements.length == 0) {
            return empty(elementType);
        }
        return new SqlArray(elementType, new int[] {elements.length}, new int[] {1}, elements);
    }

    /// One dimension from 0, as int2vector and oidvector have it.
    public static SqlArray vector(SqlType elementType, @Nullable Object[] elements) {
        return elements.length == 0
                ? empty(elementType)
                : new SqlArray(elementType, new int[] {elements.length}, new int[] {0}, elements);
    }

    /// One array with a dimension more, of arrays that are not empty and of one shape.
    public static SqlArray stack(SqlType elementType, List<SqlArray> slices) {
        SqlArray first = slices.getFirst();
        int dimensions = first.dimensions() + 1;
        int[] lengths = new int[dimensions];
        int[] lows = new int[dimensions];
        lengths[0] = slices.size();
        lows[0] = 1;
        System.arraycopy(first.lengths, 0, lengths, 1, first.dimensions());
        System.arraycopy(first.lowerBounds, 0, lows, 1, first.dimensions());
        @Nullable Object[] elements = new Object[slices.size() * first.size()];
        for (int i = 0; i < slices.size(); i++) {
            System.arraycopy(slices.get(i).elements, 0, elements, i * first.size(), first.size());
        }
        return new SqlArray(elementType, lengths, lows, elements);
    }

    public static SqlArray empty(SqlType elementType) {
        return new SqlArray(elementType, new int[0], new int[0], new Object[0]);
    }

    public SqlType elementType() {
        return elementType;
    }

    /// 0 for the empty array.
    public int dimensions() {
        return lengths.length;
    }

    /// @param dimension from 0
    public int length(int dimension) {
        return lengths[dimension];
    }

    /// @param dimension from 0
    public int lowerBound(int dimension) {
        return lowerBounds[dimension];
    }

    /// The number of elements over all dimensions.
    public int size() {
        return elements.length;
    }

    /// @param index from 0, in row-major order
    public @Nullable Object get(int index) {
        return elements[index];
    }

    /// The elements in row-major order, a copy.
    public @Nullable Object[] toArray() {
        return elements.clone();
    }

    /// The same values under another element type with the same kind of datum.
    public SqlArray withElementType(SqlType type) {
        return new SqlArray(type, lengths, lowerBounds, elements);
    }

    /// The same shape with other elements.
    public SqlArray withElements(SqlType type, @Nullable Object[] newElements) {
        return new SqlArray(type, lengths, lowerBounds, newElements);
    }

    /// Other elements in one dimension with the same lower bound.
    public SqlArray ofLength(@Nullable Object[] newElements) {
        return new SqlArray(
                elementType,
                new int[] {newElements.length},
                new int[] {lowerBounds[0]},
                newElements);
    }

    /// Both arrays after each other along the first dimension; neither is empty. An array of one
    /// dimension less is taken as one slice. 2202E where the shapes do not fit.
    public SqlArray concat(SqlArray other) {
        int difference = dimensions() - other.dimensions();
        boolean fits = Math.abs(difference) <= 1;
        SqlArray longer = difference >= 0 ? this : other;
        SqlArray shorter = difference >= 0 ? other : this;
        int skip = difference == 0 ? 0 : 1;
        for (int i = 1; fits && i < longer.dimensions(); i++) {
            fits =
                    longer.lengths[i] == shorter.lengths[i - skip]
                            && longer.lowerBounds[i] == shorter.lowerBounds[i - skip];
        }
        if (!fits) {
            throw new QuorateException(
                            ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                            "cannot concatenate incompatible arrays")
                    .withDetail(
                            "Arrays with differing dimensions are not compatible for"
                                    + " concatenation.");
        }
        int[] newLengths = longer.lengths.clone();
        newLengths[0] += difference == 0 ? shorter.lengths[0] : 1;
        @Nullable Object[] all = Arrays.copyOf(elements, elements.length + other.elements.length);
        System.arraycopy(other.elements, 0, all, elements.length, other.elements.length);
        return new SqlArray(elementType, newLengths, longer.lowerBounds, all);
    }

    int[] lengths() {
        return lengths;
    }

    int[] lowerBounds() {
        return lowerBounds;
    }

    /// Whether dimensions and lower bounds are the same.
    public boolean sameShape(SqlArray other) {
        return Arrays.equals(lengths, other.lengths)
                && Arrays.equals(lowerBounds, other.lowerBounds);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SqlArray array
                && elementType.equals(array.elementType)
                && sameShape(array)
                && Arrays.equals(elements, array.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return elementType.name() + Arrays.toString(elements);
    }
}
