package io.quorate.server.cli.slt;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a server in either spelling: `postgresql://user@host:port/db?x=y`, as psql takes
/// it, or JDBC's `jdbc:postgresql://…`.
public final class SltUrl {
    private static final Pattern LIBPQ =
            Pattern.compile(
                    "postgres(?:ql)?://(?:([^:@/?]*)(?::([^@/?]*))?@)?([^/?]+)(?:/([^?]*))?"
                            + "(?:\\?(.*))?");
    private static final String USER = "quorate";

    private SltUrl() {}

    /// The JDBC address. Without a user it is `quorate`, without a database the user's name.
    ///
    /// @throws IllegalArgumentException if it is neither of the two
    public static String toJdbc(String url) {
        if (url.startsWith("jdbc:postgresql:")) {
            return url;
        }
        Matcher matcher = LIBPQ.matcher(url);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + url + "\" is no address like postgresql://user@host:port/db");
        }
        String user =
                matcher.group(1) == null || matcher.group(1).isEmpty() ? USER : matcher.group(1);
        String database =
                matcher.group(4) == null || matcher.group(4).isEmpty() ? user : matcher.group(4);
        StringBuilder jdbc = new StringBuilder("jdbc:postgresql://");
        jdbc.append(matcher.group(3)).append('/').append(database);
        jdbc.append("?user=").append(URLEncoder.encode(user, StandardCharsets.UTF_8));
        if (matcher.group(2) != null) {
            jdbc.append("&password=").append(matcher.group(2));
        }
        if (matcher.group(5) != null && !matcher.group(5).isEmpty()) {
            jdbc.append('&').append(matcher.group(5));
        }
        return jdbc.toString();
    }
}
