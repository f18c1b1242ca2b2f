package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;

/// Money that moves from one account to another, as the ledger keeps it.
record Transfer(String id, int from, int to, long amount) {
    private static final String SEPARATOR = ",";

    /// What stands in the ledger under the transfer's id.
    ByteSlice entry() {
        return ByteSlice.utf8(
                String.join(
                        SEPARATOR,
                        Integer.toString(from),
                        Integer.toString(to),
                        Long.toString(amount)));
    }

    static Transfer of(String id, ByteSlice entry) {
        List<String> parts = List.of(entry.toUtf8().split(SEPARATOR, -1));
        return new Transfer(
                id,
                Integer.parseInt(parts.get(0)),
                Integer.parseInt(parts.get(1)),
                Long.parseLong(parts.get(2)));
    }
}
