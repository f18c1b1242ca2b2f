package io.quorate.txn.session;

import io.quorate.common.env.Promise;
import io.quorate.txn.model.TextScript;
import io.quorate.txn.model.TxnWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several sessions on three nodes, keys a.., m.. and t.. in three regions. A line is a session's name
/// and its command; one that has to wait says so and is told of later. `pass MILLIS` lets time pass,
/// `standstill` stops the oracle's clock, `put KEY=VALUE...` commits rows beforehand.
class SessionScriptTest {
    private static final Duration PATIENCE = Duration.ofMillis(300);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "read-committed",
                "repeatable-read",
                "optimistic",
                "locks",
                "inserts",
                "savepoints",
                "newest"
            })
    void sessionsSeeWhatIsWritten(String script) throws IOException {
        try (TxnWorld cluster = new TxnWorld(1, List.of("m", "t"))) {
            Stage stage = new Stage(cluster);
            TextScript.run("io/quorate/txn/session/" + script + ".txt", stage::execute);
        }
    }

    private static final class Stage {
        private final TxnWorld cluster;
        private final Map<String, Session> sessions = new TreeMap<>();
        private final Map<String, Promise<String>> waiting = new TreeMap<>();

        Stage(TxnWorld cluster) {
            this.cluster = cluster;
        }

        String execute(String line) {
            List<String> words = List.of(line.split(" "));
            List<String> out = new ArrayList<>();
            switch (words.getFirst()) {
                case "pass" ->
                        cluster.world().runFor(Duration.ofMillis(Long.parseLong(words.get(1))));
                case "standstill" -> cluster.oracle().standStill();
                case "put" -> cluster.put(1, rows(words.subList(1, words.size())));
                default -> out.addAll(command(words));
            }
            out.addAll(resumed());
            return String.join("\n", out);
        }

        private List<String> command(List<String> words) {
            String name = words.getFirst();
            int node = 1 + sessions.size() % 3;
            Session session = sessions.computeIfAbsent(name, _ -> new Session(cluster, node));
            Promise<String> result = new Promise<>();
            cluster.env(1)
                    .tasks()
                    .start(
                            name,
                            () -> result.complete(session.execute(words.subList(1, words.size()))));
            cluster.world().runUntil(result::isDone, PATIENCE);
            String value = result.peek();
            if (value == null) {
                waiting.put(name, result);
                return List.of(name + ": waits");
            }
            return value.isEmpty() ? List.of() : List.of(name + ": " + value);
        }

        /// Gives those who wait time to notice what the last command changed.
        private List<String> resumed() {
            List<String> out = new ArrayList<>();
            if (!waiting.isEmpty()) {
                cluster.world().runFor(PATIENCE);
            }
            Iterator<Map.Entry<String, Promise<String>>> each = waiting.entrySet().iterator();
            while (each.hasNext()) {
                Map.Entry<String, Promise<String>> entry = each.next();
                String value = entry.getValue().peek();
                if (value != null) {
                    each.remove();
                    out.add(entry.getKey() + ": " + value + ", after waiting");
                }
            }
            return out;
        }

        private static Map<String, String> rows(List<String> pairs) {
            Map<String, String> rows = new TreeMap<>();
            pairs.forEach(pair -> rows.put(pair.split("=")[0], pair.split("=")[1]));
            return rows;
        }
    }
}
