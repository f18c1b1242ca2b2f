package io.quorate.tests.sim;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.KeyRange;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Where the bank keeps what: accounts in three regions, registers in one, the ledger in two.
final class BankKeys {
    static final int ACCOUNTS = 9;
    static final int REGISTERS = 4;
    static final long OPENING_BALANCE = 100;
    static final long TOTAL = ACCOUNTS * OPENING_BALANCE;

    static final KeyRange LEDGER = KeyRange.prefix(ByteSlice.utf8("ledger/"));

    /// Where regions are split at the start.
    static final List<ByteSlice> BORDERS =
            List.of(
                    account(ACCOUNTS / 3),
                    account(2 * ACCOUNTS / 3),
                    LEDGER.start(),
                    ledger("2"),
                    register(0));

    private BankKeys() {}

    static ByteSlice account(int number) {
        return ByteSlice.utf8("account/" + number);
    }

    static List<ByteSlice> accounts() {
        return IntStream.range(0, ACCOUNTS).mapToObj(BankKeys::account).toList();
    }

    static KeyRange accountRange() {
        return KeyRange.prefix(ByteSlice.utf8("account/"));
    }

    static ByteSlice register(int number) {
        return ByteSlice.utf8("register/" + number);
    }

    static List<ByteSlice> registers() {
        return IntStream.range(0, REGISTERS).mapToObj(BankKeys::register).toList();
    }

    static ByteSlice ledger(String id) {
        return LEDGER.start().concat(ByteSlice.utf8(id));
    }

    static String ledgerId(ByteSlice key) {
        return key.slice(LEDGER.start().length()).toUtf8();
    }

    static ByteSlice number(long number) {
        return ByteSlice.utf8(Long.toString(number));
    }

    /// A missing account is worth nothing: the total will show it.
    static long numberOf(@Nullable ByteSlice value) {
        return value == null ? 0 : Long.parseLong(value.toUtf8());
    }
}
