package io.quorate.sql.copy;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.ast.Option.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How rows are written.
///
/// @param nullText what stands for NULL
/// @param freeze accepted for PostgreSQL's scripts; it has no effect
/// @param forceQuote columns whose values csv always quotes; null for all
public record CopyOptions(
        boolean csv,
        char delimiter,
        String nullText,
        boolean header,
        char quote,
        char escape,
        boolean freeze,
        @Nullable List<String> forceQuote) {

    /// Reads the options of a statement; SYNTAX_ERROR, INVALID_PARAMETER_VALUE or
    /// FEATURE_NOT_SUPPORTED for what is no option, no value, or not carried out.
    public static CopyOptions of(List<Option> options) {
        boolean csv = isCsv(options);
        String delimiter = csv ? "," : "\t";
        String nullText = csv ? "" : "\\N";
        boolean header = false;
        boolean freeze = false;
        String quote = "\"";
        String escape = null;
        List<String> forceQuote = new ArrayList<>();
        boolean forceAll = false;
        for (Option option : options) {
            switch (option.name()) {
                case "format" -> {
                    // Read before.
                }
                case "delimiter" -> delimiter = text(option);
                case "null" -> nullText = text(option);
                case "header" -> header = flag(option);
                case "freeze" -> freeze = flag(option);
                case "quote" -> quote = text(option);
                case "escape" -> escape = text(option);
                case "encoding" -> checkEncoding(option);
                case "force_quote" -> {
                    forceAll = option.value() instanceof Value.Star;
                    if (option.value() instanceof Value.Items items) {
                        forceQuote.addAll(items.items());
                    }
                }
                case "force_null", "force_not_null" ->
                        throw new QuorateException(
                                        ErrorCode.FEATURE_NOT_SUPPORTED,
                                        "COPY option \""
                                                + option.name()
                                                + "\" is not supported yet")
                                .withPosition(option.position());
                default ->
                        throw new QuorateException(
                                        ErrorCode.SYNTAX_ERROR,
                                        "option \"" + option.name() + "\" not recognized")
                                .withPosition(option.position());
            }
        }
        return new CopyOptions(
                csv,
                single(delimiter, "COPY delimiter must be a single one-byte character"),
                nullText,
                header,
                single(quote, "COPY quote must be a single one-byte character"),
                single(
                        escape == null ? quote : escape,
                        "COPY escape must be a single one-byte character"),
                freeze,
                forceAll ? null : List.copyOf(forceQuote));
    }

    boolean quotes(String column) {
        List<String> forced = forceQuote;
        return forced == null || forced.contains(column);
    }

    private static boolean isCsv(List<Option> options) {
        for (Option option : options) {
            if (option.name().equals("format")) {
                return switch (text(option).toLowerCase(Locale.ROOT)) {
                    case "csv" -> true;
                    case "text" -> false;
                    case "binary" ->
                            throw new QuorateException(
                                            ErrorCode.FEATURE_NOT_SUPPORTED,
                                            "COPY in binary format is not supported yet")
                                    .withPosition(option.position());
                    default ->
                            throw new QuorateException(
                                            ErrorCode.INVALID_PARAMETER_VALUE,
                                            "COPY format \"" + text(option) + "\" not recognized")
                                    .withPosition(option.position());
                };
            }
        }
        return false;
    }

    private static String text(Option option) {
        if (option.value() instanceof Value.Text text) {
            return text.text();
        }
        throw new QuorateException(ErrorCode.SYNTAX_ERROR, option.name() + " requires a parameter")
                .withPosition(option.position());
    }

    private static boolean flag(Option option) {
        if (option.value() == null) {
            return true;
        }
        return switch (text(option).toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default ->
                    throw new QuorateException(
                                    ErrorCode.SYNTAX_ERROR,
                                    option.name() + " requires a Boolean value")
                            .withPosition(option.position());
        };
    }

    private static void checkEncoding(Option option) {
        String name = text(option).replace("-", "").toUpperCase(Locale.ROOT);
        if (!name.equals("UTF8")) {
            throw new QuorateException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "COPY in encoding \"" + text(option) + "\" is not supported")
                    .withPosition(option.position());
        }
    }

    private static char single(String text, String message) {
        if (text.length() != 1 || text.charAt(0) > 127) {
            throw new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, message);
        }
        return text.charAt(0);
    }
}
