package io.quorate.sql.function;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The aggregates that keep every value: `string_agg` and `array_agg`.
final class Collecting {
    private Collecting() {}

    /// The delimiter stands before each value but the first; that of the first is kept for a merge.
    static final class Text implements Accumulator {
        private final StringBuilder text = new StringBuilder();
        private String firstDelimiter = "";
        private boolean any;

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] == null) {
                return;
            }
            String delimiter = arguments[1] == null ? "" : (String) arguments[1];
            append(delimiter, (String) arguments[0]);
        }

        private void append(String delimiter, CharSequence value) {
            if (any) {
                text.append(delimiter);
            } else {
                firstDelimiter = delimiter;
            }
            text.append(value);
            any = true;
        }

        @Override
        public void merge(Accumulator other) {
            Text more = (Text) other;
            if (more.any) {
                append(more.firstDelimiter, more.text);
            }
        }

        @Override
        public @Nullable Object result() {
            return any ? text.toString() : null;
        }
    }

    static final class Bytes implements Accumulator {
        private final ByteWriter bytes = new ByteWriter();
        private ByteSlice firstDelimiter = ByteSlice.EMPTY;
        private boolean any;

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] == null) {
                return;
            }
            ByteSlice delimiter = arguments[1] == null ? ByteSlice.EMPTY : (ByteSlice) arguments[1];
            append(delimiter, (ByteSlice) arguments[0]);
        }

        private void append(ByteSlice delimiter, ByteSlice value) {
            if (any) {
                bytes.putRaw(delimiter);
            } else {
                firstDelimiter = delimiter;
            }
            bytes.putRaw(value);
            any = true;
        }

        @Override
        public void merge(Accumulator other) {
            Bytes more = (Bytes) other;
            if (more.any) {
                append(more.firstDelimiter, more.bytes.toSlice());
            }
        }

        @Override
        public @Nullable Object result() {
            return any ? bytes.toSlice() : null;
        }
    }

    /// Nulls are elements too; of no rows at all the result is null.
    static final class Elements implements Accumulator {
        private final SqlType type;
        private final List<@Nullable Object> elements = new ArrayList<>();

        Elements(SqlType type) {
            this.type = type.withTypmod(-1);
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            elements.add(arguments[0]);
        }

        @Override
        public void merge(Accumulator other) {
            elements.addAll(((Elements) other).elements);
        }

        @Override
        public @Nullable Object result() {
            return elements.isEmpty() ? null : SqlArray.of(type, elements);
        }
    }

    /// Arrays of the same shape become one with a dimension more.
    static final class Arrays implements Accumulator {
        private final SqlType elementType;
        private final List<SqlArray> arrays = new ArrayList<>();

        Arrays(SqlType type) {
            this.elementType = Check.present(type.element(), "arrays have elements");
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] == null) {
                throw new QuorateException(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
            }
            SqlArray array = (SqlArray) arguments[0];
            if (array.size() == 0) {
                throw mismatch("cannot accumulate empty arrays");
            }
            if (!arrays.isEmpty() && !arrays.getFirst().sameShape(array)) {
                throw mismatch("cannot accumulate arrays of different dimensionality");
            }
            arrays.add(array);
        }

        @Override
        public void merge(Accumulator other) {
            for (SqlArray array : ((Arrays) other).arrays) {
                add(new Object[] {array});
            }
        }

        @Override
        public @Nullable Object result() {
            return arrays.isEmpty() ? null : SqlArray.stack(elementType, arrays);
        }

        private static QuorateException mismatch(String message) {
            return new QuorateException(ErrorCode.ARRAY_SUBSCRIPT_ERROR, message);
        }
    }
}
