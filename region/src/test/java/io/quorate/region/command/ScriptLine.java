package io.quorate.region.command;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One command of a script: a name, then words, each an option (`key=value`) or a flag.
final class ScriptLine {
    private static final Pattern TIMED = Pattern.compile("(\\d+)ms(?:\\+(\\d+))?");
    private static final Pattern REPEATED = Pattern.compile("(.)\\*(\\d+)");

    private final String name;
    private final Map<String, List<String>> words = new LinkedHashMap<>();

    ScriptLine(String line) {
        String[] parts = line.trim().split("\\s+");
        name = parts[0];
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1);
            words.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
        }
    }

    String name() {
        return name;
    }

    Map<String, List<String>> words() {
        return words;
    }

    boolean has(String flag) {
        return words.containsKey(flag);
    }

    String text(String key, String otherwise) {
        List<String> values = words.get(key);
        return values == null ? otherwise : values.getFirst();
    }

    String text(String key) {
        List<String> values = words.get(key);
        if (values == null) {
            throw new IllegalArgumentException(name + " needs " + key + "=");
        }
        return values.getFirst();
    }

    ByteSlice key(String key) {
        return ByteSlice.utf8(text(key));
    }

    List<ByteSlice> keys() {
        List<ByteSlice> keys = new ArrayList<>();
        for (String key : text("keys").split(",")) {
            keys.add(ByteSlice.utf8(key));
        }
        return keys;
    }

    long number(String key, long otherwise) {
        return has(key) ? Long.parseLong(text(key)) : otherwise;
    }

    Timestamp time(String key) {
        return parseTime(text(key));
    }

    Timestamp time(String key, Timestamp otherwise) {
        return has(key) ? parseTime(text(key)) : otherwise;
    }

    @Nullable Timestamp timeOrNull(String key) {
        return has(key) ? parseTime(text(key)) : null;
    }

    /// `12`, `max`, or milliseconds with a logical part: `3000ms+4`.
    static Timestamp parseTime(String text) {
        if (text.equals("max")) {
            return Timestamp.MAX;
        }
        Matcher timed = TIMED.matcher(text);
        if (timed.matches()) {
            String logical = timed.group(2);
            return Timestamp.of(
                    Long.parseLong(timed.group(1)), logical == null ? 0 : Long.parseLong(logical));
        }
        return new Timestamp(Long.parseLong(text));
    }

    static String show(Timestamp timestamp) {
        if (timestamp.equals(Timestamp.MAX)) {
            return "max";
        }
        long logical = timestamp.value() & ((1L << Timestamp.LOGICAL_BITS) - 1);
        if (timestamp.millis() == 0) {
            return Long.toString(timestamp.value());
        }
        return timestamp.millis() + "ms" + (logical == 0 ? "" : "+" + logical);
    }

    /// `abc`, or a repeated character: `x*300`.
    static ByteSlice parseValue(String text) {
        Matcher repeated = REPEATED.matcher(text);
        return ByteSlice.utf8(
                repeated.matches()
                        ? repeated.group(1).repeat(Integer.parseInt(repeated.group(2)))
                        : text);
    }

    static String show(ByteSlice value) {
        String text = value.toUtf8();
        if (text.length() > 40) {
            return text.charAt(0) + "*" + text.length();
        }
        return text;
    }
}
