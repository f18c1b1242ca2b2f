package io.quorate.sql.type;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Arrays as text: `{1,2}`, `{{a,"b c"},{NULL,d}}`, `[0:1]={1,2}`.
final class ArrayText {
    private static final String DIMENSIONS_HINT =
            "Multidimensional arrays must have sub-arrays with matching dimensions.";

    private final String text;
    private final SqlType elementType;
    private final SessionFormat format;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private int position;

    private ArrayText(String text, SqlType elementType, SessionFormat format) {
        this.text = text;
        this.elementType = elementType;
        this.format = format;
    }

    static String format(SqlArray array, SessionFormat format) {
        if (array.size() == 0) {
            return "{}";
        }
        StringBuilder out = new StringBuilder();
        boolean shifted = false;
        for (int bound : array.lowerBounds()) {
            shifted |= bound != 1;
        }
        if (shifted) {
            for (int i = 0; i < array.dimensions(); i++) {
                int low = array.lowerBound(i);
                out.append('[').append(low).append(':').append(low + array.length(i) - 1);
                out.append(']');
            }
            out.append('=');
        }
        appendDimension(out, array, 0, 0, format);
        return out.toString();
    }

    /// Answers the index of the element after the last one written.
    private static int appendDimension(
            StringBuilder out, SqlArray array, int dimension, int first, SessionFormat format) {
        int index = first;
        out.append('{');
        for (int i = 0; i < array.length(dimension); i++) {
            if (i > 0) {
                out.append(',');
            }
            if (dimension + 1 < array.dimensions()) {
                index = appendDimension(out, array, dimension + 1, index, format);
            } else {
                appendElement(out, array.elementType(), array.get(index++), format);
            }
        }
        out.append('}');
        return index;
    }

    private static void appendElement(
            StringBuilder out, SqlType type, @Nullable Object value, SessionFormat format) {
        if (value == null) {
            out.append("NULL");
            return;
        }
        String element = TypeText.encode(type, value, format);
        if (!needsQuotes(element)) {
            out.append(element);
            return;
        }
        out.append('"');
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean needsQuotes(String element) {
        if (element.isEmpty() || element.equalsIgnoreCase("null")) {
            return true;
        }
        for (int i = 0; i < element.length(); i++) {
            char c = element.charAt(i);
            if ("{},\"\\".indexOf(c) >= 0 || NumberText.isBlank(c)) {
                return true;
            }
        }
        return false;
    }

    static SqlArray parse(String text, SqlType elementType, SessionFormat format) {
        return new ArrayText(text, elementType, format).parse();
    }

    private SqlArray parse() {
        skipBlanks();
        List<int[]> bounds = parseBounds();
        if (peek() != '{') {
            throw malformed(
                    bounds.isEmpty()
                            ? "Array value must start with \"{\" or dimension information."
                            : "Array contents must start with \"{\".");
        }
        parseDimension(0);
        skipBlanks();
        if (position < text.length()) {
            throw malformed("Junk after closing right brace.");
        }
        if (elements.isEmpty()) {
            return SqlArray.empty(elementType.withTypmod(Typmods.NONE));
        }
        int[] sizes = lengths.stream().mapToInt(Integer::intValue).toArray();
        int[] lows = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            lows[i] = bounds.isEmpty() ? 1 : bounds.get(i)[0];
        }
        if (!bounds.isEmpty()) {
            checkBounds(bounds, sizes);
        }
        return new SqlArray(elementType.withTypmod(Typmods.NONE), sizes, lows, elements.toArray());
    }

    private void checkBounds(List<int[]> bounds, int[] sizes) {
        boolean match = bounds.size() == sizes.length;
        for (int i = 0; match && i < sizes.length; i++) {
            match = bounds.get(i)[1] - bounds.get(i)[0] + 1 == sizes[i];
        }
        if (!match) {
            throw malformed("Specified array dimensions do not match array contents.");
        }
    }

    private List<int[]> parseBounds() {
        List<int[]> bounds = new ArrayList<>();
        while (peek() == '[') {
            int close = text.indexOf(']', position);
            if (close < 0) {
                throw malformed("Missing \"]\" after array dimensions.");
            }
            String[] parts = text.substring(position + 1, close).split(":", -1);
            try {
                int low = parts.length == 2 ? Integer.parseInt(parts[0].strip()) : 1;
                int high = Integer.parseInt(parts[parts.length - 1].strip());
                if (high < low) {
                    throw new QuorateException(
                            ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                            "upper bound cannot be less than lower bound");
                }
                bounds.add(new int[] {low, high});
            } catch (NumberFormatException notANumber) {
                throw malformed("\"[\" must introduce explicitly-specified array dimensions.");
            }
            position = close + 1;
            skipBlanks();
        }
        if (!bounds.isEmpty()) {
            if (peek() != '=') {
                throw malformed("Missing \"=\" after array dimensions.");
            }
            position++;
            skipBlanks();
        }
        return bounds;
    }

    private void parseDimension(int dimension) {
        if (dimension >= SqlArray.DIMENSIONS_MAX) {
            throw new QuorateException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions exceeds the maximum allowed ("
                            + SqlArray.DIMENSIONS_MAX
                            + ")");
        }
        position++;
        int count = 0;
        skipBlanks();
        if (peek() == '}' && dimension == 0) {
            position++;
            return;
        }
        while (true) {
            skipBlanks();
            if (peek() == '{') {
                parseDimension(dimension + 1);
            } else {
                requireDepth(dimension);
                parseElement();
            }
            count++;
            skipBlanks();
            if (peek() == ',') {
                position++;
            } else if (peek() == '}') {
                position++;
                recordLength(dimension, count);
                return;
            } else {
                throw position >= text.length()
                        ? malformed("Unexpected end of input.")
                        : malformed("Unexpected array element.");
            }
        }
    }

    /// All elements stand at the same depth.
    private void requireDepth(int dimension) {
        if (!lengths.isEmpty() && lengths.size() != dimension + 1) {
            throw malformed(DIMENSIONS_HINT);
        }
        while (lengths.size() <= dimension) {
            lengths.add(-1);
        }
    }

    private void recordLength(int dimension, int count) {
        while (lengths.size() <= dimension) {
            lengths.add(-1);
        }
        int known = lengths.get(dimension);
        if (known >= 0 && known != count) {
            throw malformed(DIMENSIONS_HINT);
        }
        lengths.set(dimension, count);
    }

    private void parseElement() {
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        int keep = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '"') {
                if (keep > 0 && !quoted) {
                    throw malformed("Unexpected array element.");
                }
                quoted = true;
                readQuoted(element);
                keep = element.length();
            } else if (c == '\\') {
                position++;
                element.append(peek());
                keep = element.length();
                position++;
            } else if (c == ',' || c == '}') {
                break;
            } else if (c == '{') {
                throw malformed("Unexpected \"{\" character.");
            } else {
                element.append(c);
                keep = NumberText.isBlank(c) ? keep : element.length();
                position++;
            }
        }
        element.setLength(keep);
        if (!quoted && keep == 0) {
            throw malformed("Unexpected \"" + peek() + "\" character.");
        }
        boolean isNull = !quoted && element.toString().equalsIgnoreCase("null");
        elements.add(isNull ? null : TypeText.decode(elementType, element.toString(), format));
    }

    private void readQuoted(StringBuilder element) {
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\') {
                position++;
            }
            if (position < text.length()) {
                element.append(text.charAt(position++));
            }
        }
        if (position >= text.length()) {
            throw malformed("Unexpected end of input.");
        }
        position++;
    }

    private void skipBlanks() {
        while (position < text.length() && NumberText.isBlank(text.charAt(position))) {
            position++;
        }
    }

    /// The next character, or 0 at the end.
    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }

    private QuorateException malformed(String detail) {
        return new QuorateException(
                        ErrorCode.INVALID_TEXT_REPRESENTATION,
                        "malformed array literal: \"" + text + "\"")
                .withDetail(detail);
    }
}
