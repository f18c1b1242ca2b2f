package io.quorate.server.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// JDBC URLs of single nodes.
public final class JdbcUrls {
    static final String LOOPBACK = "127.0.0.1";

    private static final Pattern URL =
            Pattern.compile(
                    "(?:jdbc:)?postgres(?:ql)?://(?:([^@/?]+)@)?([^/?]+)(?:/([^?]*))?(?:\\?(.*))?");
    private static final String DATABASE = "quorate";

    /// A node that stopped answering without closing its connections is given up after these.
    private static final String TIMEOUTS = "connectTimeout=2&socketTimeout=20&tcpKeepAlive=true";

    private static final long PROBE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private JdbcUrls() {}

    public static String ofLoopbackPort(int port) {
        return ofHost(LOOPBACK + ":" + port, DATABASE, "user=quorate");
    }

    /// Takes a URL of several hosts apart.
    static List<String> ofEachHost(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalStateException(
                    "--url is postgresql://user@host:port,host:port/database, or"
                            + " jdbc:postgresql://host:port,host:port/database?user=name, not \""
                            + url
                            + "\"");
        }
        String user = parts.group(1) == null ? "quorate" : parts.group(1);
        String database = parts.group(3) == null ? DATABASE : parts.group(3);
        String options = parts.group(4) == null ? "user=" + user : parts.group(4);
        List<String> urls = new ArrayList<>();
        for (String host : parts.group(2).split(",")) {
            urls.add(ofHost(host, database, options));
        }
        return urls;
    }

    private static String ofHost(String host, String database, String options) {
        return "jdbc:postgresql://" + host + "/" + database + "?" + options + "&" + TIMEOUTS;
    }

    /// Waits until the node behind the URL answers the query with at least one row.
    public static void awaitRow(String url, String query, long withinSeconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(withinSeconds);
        String last = "it answers without the row";
        while (System.nanoTime() < deadline) {
            try (Connection connection = DriverManager.getConnection(url);
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(query)) {
                if (rows.next()) {
                    return;
                }
            } catch (SQLException notYet) {
                last = notYet.getMessage();
            }
            LockSupport.parkNanos(PROBE_NANOS);
        }
        throw new IllegalStateException(
                "no answer to \"%s\" from %s within %d s: %s"
                        .formatted(query, url, withinSeconds, last));
    }
}
