package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the bank's clients did and were told, kept outside of the simulated world.
final class BankBook {
    private final SortedMap<String, Told> transfers = new TreeMap<>();
    private int audits;

    /// What a client knows of its transfer.
    sealed interface Told {
        record Committed() implements Told {}

        record Aborted() implements Told {}

        /// The client died, or was told that the outcome is unknown; then it has a token to ask by.
        record Unknown(@Nullable String token) implements Told {}
    }

    /// Before the client does anything.
    void begins(Transfer transfer) {
        Told before = transfers.put(transfer.id(), new Told.Unknown(null));
        if (before != null) {
            throw new AssertionError("two transfers have the id " + transfer.id());
        }
    }

    void ends(Transfer transfer, Told told) {
        transfers.put(transfer.id(), told);
    }

    /// An auditor saw that total in one snapshot. Throws if it is wrong.
    void audited(long total, String how) {
        audits++;
        assertThat(total).as("the total in one snapshot, %s", how).isEqualTo(BankKeys.TOTAL);
    }

    int committed() {
        return Math.toIntExact(
                transfers.values().stream().filter(Told.Committed.class::isInstance).count());
    }

    int audits() {
        return audits;
    }

    /// The tokens of transfers with an unknown outcome, by the transfer's id.
    SortedMap<String, String> tokens() {
        SortedMap<String, String> tokens = new TreeMap<>();
        transfers.forEach((id, told) -> {
            if (told instanceof Told.Unknown(String token) && token != null) {
                tokens.put(id, token);
            }
        });
        return tokens;
    }

    /// Everyone was told the truth, and the balances are what the ledger makes of the opening ones.
    void judge(Map<String, Transfer> ledger, Map<Integer, Long> balances) {
        transfers.forEach((id, told) -> {
            switch (told) {
                case Told.Committed() -> assertThat(ledger).as("told committed").containsKey(id);
                case Told.Aborted() -> assertThat(ledger).as("told aborted").doesNotContainKey(id);
                case Told.Unknown _ -> {}
            }
        });
        assertThat(transfers.keySet()).as("begun").containsAll(ledger.keySet());
        SortedMap<Integer, Long> expected = new TreeMap<>();
        for (int account = 0; account < BankKeys.ACCOUNTS; account++) {
            expected.put(account, BankKeys.OPENING_BALANCE);
        }
        for (Transfer transfer : ledger.values()) {
            expected.merge(transfer.from(), -transfer.amount(), Long::sum);
            expected.merge(transfer.to(), transfer.amount(), Long::sum);
        }
        assertThat(balances).as("balances by the ledger").isEqualTo(expected);
    }
}
