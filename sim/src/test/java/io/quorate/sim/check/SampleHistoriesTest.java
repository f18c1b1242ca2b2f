package io.quorate.sim.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.check.Anomaly.Kind;
import io.quorate.sim.check.RegisterAction.CompareAndSet;
import io.quorate.sim.check.RegisterAction.Read;
import io.quorate.sim.check.RegisterAction.Write;
import io.quorate.sim.check.Transaction.Append;
import io.quorate.sim.check.Transaction.Outcome;
import io.quorate.sim.check.Transaction.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Histories recorded with other tools, judged good or bad by them. They are not part of the
/// project: `-Dquorate.histories=<directory>` says where they are.
class SampleHistoriesTest {
    private static final Pattern EDN_STEP =
            Pattern.compile("\\[:(append|r) (\\d+) (\\d+|nil|\\[[\\d ]*])]");
    private static final Pattern JSON_FIELD = Pattern.compile("\"(\\w+)\": (\"?[\\w-]+\"?)");

    @Test
    void goodTransactionsAreAccepted() throws IOException {
        assertThat(transactionAnomalies("elle-list-append-good.edn")).isEmpty();
    }

    @Test
    void badTransactionsAreRejectedForTheRightReason() throws IOException {
        assertThat(transactionAnomalies("elle-list-append-bad-dirtyread-G1a.edn"))
                .containsExactly("G1A");
        assertThat(transactionAnomalies("elle-list-append-bad-lostupdate.edn"))
                .contains("LOST_UPDATE");
        assertThat(transactionAnomalies("elle-list-append-bad-staleread.edn"))
                .containsExactly(Kind.G_SINGLE + " in real time");
        assertThat(transactionAnomalies("elle-list-append-bad-writeskew.edn"))
                .containsExactly("G2_ITEM");
    }

    @Test
    void registersAreJudgedRight() throws IOException {
        assertThat(registerViolations("porcupine-register-good.jsonl")).isEmpty();
        assertThat(registerViolations("porcupine-register-bad-neverwritten.jsonl")).isNotEmpty();
        assertThat(registerViolations("porcupine-register-bad-staleread.jsonl")).isNotEmpty();
    }

    private static List<String> transactionAnomalies(String name) throws IOException {
        List<String> found = new ArrayList<>();
        for (Anomaly anomaly : ListAppendChecker.checkStrictSerializable(transactions(name))) {
            found.add(anomaly.kind() + (anomaly.realTime() ? " in real time" : ""));
        }
        return found;
    }

    private static SortedMap<String, String> registerViolations(String name) throws IOException {
        return LinearizabilityChecker.checkEach(RegisterAction.MODEL, registerOperations(name));
    }

    private static List<Transaction> transactions(String name) throws IOException {
        Map<Integer, Long> callTimes = new TreeMap<>();
        List<Transaction> history = new ArrayList<>();
        for (String line : lines(name)) {
            int process = Integer.parseInt(after(line, ":process "));
            long time = Long.parseLong(after(line, ":index "));
            switch (after(line, ":type :")) {
                case "invoke" -> callTimes.put(process, time);
                case "ok" ->
                        history.add(transaction(process, Outcome.COMMITTED, line, callTimes, time));
                case "fail" ->
                        history.add(transaction(process, Outcome.ABORTED, line, callTimes, time));
                case "info" ->
                        history.add(
                                transaction(
                                        process,
                                        Outcome.UNKNOWN,
                                        line,
                                        callTimes,
                                        Operation.NEVER));
                default -> throw new IllegalArgumentException(line);
            }
        }
        return history;
    }

    private static Transaction transaction(
            int process, Outcome outcome, String line, Map<Integer, Long> callTimes, long end) {
        List<Step> steps = new ArrayList<>();
        Matcher step = EDN_STEP.matcher(line);
        while (step.find()) {
            long key = Long.parseLong(step.group(2));
            String value = step.group(3);
            if (step.group(1).equals("append")) {
                steps.add(new Append(key, Long.parseLong(value)));
            } else if (outcome == Outcome.COMMITTED) {
                steps.add(new Transaction.Read(key, numbers(value)));
            }
        }
        long call = callTimes.getOrDefault(process, end);
        return new Transaction(process, outcome, steps, call, end);
    }

    private static List<Long> numbers(String value) {
        List<Long> numbers = new ArrayList<>();
        Matcher number = Pattern.compile("\\d+").matcher(value);
        while (number.find()) {
            numbers.add(Long.parseLong(number.group()));
        }
        return numbers;
    }

    private static Map<String, List<Operation<RegisterAction>>> registerOperations(String name)
            throws IOException {
        Map<String, List<Operation<RegisterAction>>> byKey = new TreeMap<>();
        for (String line : lines(name)) {
            Map<String, String> fields = new TreeMap<>();
            Matcher field = JSON_FIELD.matcher(line);
            while (field.find()) {
                fields.put(field.group(1), field.group(2).replace("\"", ""));
            }
            boolean unknown = Boolean.parseBoolean(fields.get("unknown"));
            String op = fields.getOrDefault("op", "");
            if (unknown && op.equals("read")) {
                continue;
            }
            RegisterAction action =
                    switch (op) {
                        case "read" -> new Read(number(fields, "out"));
                        case "write" -> new Write(number(fields, "arg"));
                        case "cas" ->
                                new CompareAndSet(
                                        number(fields, "old"),
                                        number(fields, "arg"),
                                        unknown ? null : Boolean.valueOf(fields.get("ok")));
                        default -> throw new IllegalArgumentException(line);
                    };
            byKey.computeIfAbsent(fields.getOrDefault("key", ""), _ -> new ArrayList<>())
                    .add(
                            new Operation<>(
                                    (int) number(fields, "client"),
                                    action,
                                    number(fields, "call"),
                                    unknown ? Operation.NEVER : number(fields, "return")));
        }
        return byKey;
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, ""));
    }

    private static String after(String line, String label) {
        int from = line.indexOf(label) + label.length();
        int to = from;
        while (to < line.length() && Character.isLetterOrDigit(line.charAt(to))) {
            to++;
        }
        return line.substring(from, to);
    }

    private static List<String> lines(String name) throws IOException {
        String directory = System.getProperty("quorate.histories");
        Path file = Path.of(directory == null ? "histories" : directory, name);
        if (!Files.exists(file)) {
            System.err.println("SKIPPED: " + file + " is absent; set -Dquorate.histories");
        }
        Assumptions.assumeTrue(Files.exists(file), "the sample histories are absent");
        return Files.readAllLines(file);
    }
}
