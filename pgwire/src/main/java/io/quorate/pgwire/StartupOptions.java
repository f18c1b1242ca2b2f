package io.quorate.pgwire;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The start-up parameter `options`: command-line switches of which `-c name=value` and
/// `--name=value` set a setting. Blanks part words; a backslash keeps the next character.
final class StartupOptions {
    private StartupOptions() {}

    static Map<String, String> parse(@Nullable String options) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (options == null) {
            return settings;
        }
        List<String> words = words(options);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-c") && i + 1 < words.size()) {
                put(words.get(++i), settings);
            } else if (word.startsWith("-c")) {
                put(word.substring(2), settings);
            } else if (word.startsWith("--")) {
                put(word.substring(2).replace('-', '_'), settings);
            } else {
                throw invalid(word);
            }
        }
        return settings;
    }

    private static void put(String assignment, Map<String, String> settings) {
        int equals = assignment.indexOf('=');
        if (equals <= 0) {
            throw invalid(assignment);
        }
        settings.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    private static QuorateException invalid(String word) {
        return new QuorateException(
                        ErrorCode.SYNTAX_ERROR,
                        "invalid command-line argument for server process: " + word)
                .withHint("Use -c name=value.");
    }

    private static List<String> words(String options) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < options.length(); i++) {
            char c = options.charAt(i);
            if (c == '\\' && i + 1 < options.length()) {
                word.append(options.charAt(++i));
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
