package io.quorate.raftstore.raft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of directives with the output each one should give:
///
/// ```
/// # a comment
/// command argument key=value key=(value,value)
/// input, any number of lines
/// ----
/// expected output, up to an empty line; or between doubled `----` lines if it has empty lines
/// ```
final class Script {
    private static final String SEPARATOR = "----";
    private static final Pattern ARGUMENT = Pattern.compile("([^\\s=(]+)(?:=(\\([^)]*\\)|\\S*))?");

    /// What a directive does.
    @FunctionalInterface
    interface Handler {
        /// Returns the output, with or without a line break at the end.
        String run(Directive directive);
    }

    /// An argument: a bare word is a key without values.
    record Argument(String key, List<String> values) {
        String value() {
            if (values.size() != 1) {
                throw new IllegalArgumentException(key + " takes one value");
            }
            return values.getFirst();
        }
    }

    /// @param line where the directive is, from one
    record Directive(
            int line, String command, List<Argument> arguments, String input, String expected) {

        /// The bare words, as numbers.
        List<Long> numbers() {
            return arguments.stream()
                    .filter(argument -> argument.values().isEmpty())
                    .map(argument -> Long.parseLong(argument.key()))
                    .toList();
        }

        /// The first bare word, as a number.
        long number() {
            return Long.parseLong(arguments.getFirst().key());
        }

        String option(String key, String otherwise) {
            return arguments.stream()
                    .filter(argument -> argument.key().equals(key))
                    .map(Argument::value)
                    .findFirst()
                    .orElse(otherwise);
        }

        boolean flag(String key) {
            return Boolean.parseBoolean(option(key, "false"));
        }
    }

    /// A directive with what it gave.
    record Outcome(Directive directive, String actual) {}

    private final List<String> lines;
    private final List<Directive> directives = new ArrayList<>();

    /// For each line of the file, what stays when it is written anew: not the expected output.
    private final List<String> kept = new ArrayList<>();

    Script(String text) {
        this.lines = Arrays.asList(text.split("\n", -1));
        parse();
    }

    List<Outcome> run(Handler handler) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Directive directive : directives) {
            String actual = handler.run(directive);
            boolean ended = actual.isEmpty() || actual.endsWith("\n");
            outcomes.add(new Outcome(directive, ended ? actual : actual + "\n"));
        }
        return outcomes;
    }

    /// The file with the given output in place of the expected.
    String rewrite(List<Outcome> outcomes) {
        StringBuilder text = new StringBuilder();
        int next = 0;
        for (String line : kept) {
            text.append(line).append('\n');
            if (line.equals(SEPARATOR)) {
                String actual = outcomes.get(next++).actual();
                boolean emptyLines = actual.startsWith("\n") || actual.contains("\n\n");
                String fence = SEPARATOR + "\n";
                text.append(emptyLines ? fence + actual + fence + fence : actual);
            }
        }
        while (text.length() > 1 && text.charAt(text.length() - 2) == '\n') {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    private void parse() {
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            kept.add(line);
            at++;
            if (!line.isBlank() && !line.startsWith("#")) {
                at = parseDirective(line, at);
            }
        }
    }

    private int parseDirective(String line, int after) {
        int number = after;
        int at = after;
        StringBuilder input = new StringBuilder();
        while (!lines.get(at).equals(SEPARATOR)) {
            kept.add(lines.get(at));
            input.append(lines.get(at)).append('\n');
            at++;
        }
        kept.add(SEPARATOR);
        at++;
        StringBuilder expected = new StringBuilder();
        if (at < lines.size() && lines.get(at).equals(SEPARATOR)) {
            at++;
            while (!(lines.get(at).equals(SEPARATOR) && lines.get(at + 1).equals(SEPARATOR))) {
                expected.append(lines.get(at++)).append('\n');
            }
            at += 2;
        } else {
            while (at < lines.size() && !lines.get(at).isEmpty()) {
                expected.append(lines.get(at++)).append('\n');
            }
        }
        directives.add(directive(number, line, input.toString(), expected.toString()));
        return at;
    }

    private static Directive directive(int number, String line, String input, String expected) {
        Matcher matcher = ARGUMENT.matcher(line);
        List<Argument> arguments = new ArrayList<>();
        while (matcher.find()) {
            String values = matcher.group(2);
            arguments.add(new Argument(matcher.group(1), values(values)));
        }
        String command = arguments.removeFirst().key();
        return new Directive(number, command, arguments, input.strip(), expected);
    }

    private static List<String> values(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return List.of();
        }
        String inner = text.startsWith("(") ? text.substring(1, text.length() - 1) : text;
        return Arrays.stream(inner.split(",", -1)).map(String::strip).toList();
    }
}
