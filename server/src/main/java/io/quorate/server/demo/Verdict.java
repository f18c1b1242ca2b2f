package io.quorate.server.demo;

import io.quorate.server.demo.TransferLog.Fate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the books say at the end: the database's ledger and balances against what the demo was told.
final class Verdict {
    private final List<Check> checks = new ArrayList<>();

    /// One promise and how often it was broken.
    private record Check(String promise, long broken, List<String> words) {}

    void check(String promise, Findings findings) {
        checks.add(new Check(promise, findings.count(), findings.words()));
    }

    /// Every acknowledged transfer is in the ledger and no failed one is; a transfer whose COMMIT was
    /// not answered may be either, but not both, and has to be settled.
    void checkLedger(TransferLog log, List<Transfer> ledger) {
        Map<Long, Transfer> rows = new HashMap<>();
        ledger.forEach(row -> rows.put(row.id(), row));
        Findings missing = new Findings();
        Findings ghosts = new Findings();
        Findings unsettled = new Findings();
        log.fates()
                .forEach((id, fate) -> {
                    Transfer row = rows.get(id);
                    boolean happened = row != null && row.amount() > 0;
                    switch (fate) {
                        case ACKNOWLEDGED, FOUND -> {
                            if (!happened) {
                                missing.add("transfer " + id + " (" + fate + ")");
                            }
                        }
                        case FAILED, VOIDED -> {
                            if (happened) {
                                ghosts.add("transfer " + id + " (" + fate + ")");
                            }
                        }
                        case UNKNOWN -> unsettled.add("transfer " + id);
                    }
                });
        check("acknowledged transfers are in the ledger", missing);
        check("failed transfers are not", ghosts);
        check("unknown outcomes were settled", unsettled);
    }

    /// Each account holds what it opened with and what the ledger says it was given and gave.
    void checkBalances(List<Long> balances, List<Transfer> ledger, long openingBalance) {
        long[] expected = new long[balances.size()];
        Arrays.fill(expected, openingBalance);
        for (Transfer row : ledger) {
            expected[(int) row.source()] -= row.amount();
            expected[(int) row.target()] += row.amount();
        }
        Findings wrong = new Findings();
        for (int account = 0; account < expected.length; account++) {
            if (balances.get(account) != expected[account]) {
                wrong.add(
                        "account %d holds %d, the ledger says %d"
                                .formatted(account, balances.get(account), expected[account]));
            }
        }
        check("each balance follows from the ledger", wrong);
    }

    boolean holds() {
        return checks.stream().allMatch(check -> check.broken() == 0);
    }

    void print(PrintWriter out, Tally tally, TransferLog log) {
        out.println();
        out.printf(
                "%d transfers, %d audits, %d kills; %d retries, of which %d by conflicts and %d by"
                        + " lost connections%n",
                tally.transfers.sum(),
                tally.audits.sum(),
                tally.kills.sum(),
                tally.retries.sum(),
                tally.conflicts.sum(),
                tally.connectionFailures.sum());
        out.printf(
                "%d unknown outcomes: %d had happened, %d had not%n%n",
                tally.unknownOutcomes.sum(), log.count(Fate.FOUND), log.count(Fate.VOIDED));
        for (Check check : checks) {
            out.printf(
                    "  %-45s %s%n",
                    check.promise(),
                    check.broken() == 0 ? "yes" : "NO, " + check.broken() + " times");
            check.words().forEach(words -> out.println("      " + words));
        }
        out.printf("%n%s%n", holds() ? "The books balance." : "THE BOOKS DO NOT BALANCE.");
        out.flush();
    }
}
