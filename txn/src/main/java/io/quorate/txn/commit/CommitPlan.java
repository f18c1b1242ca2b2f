package io.quorate.txn.commit;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.region.api.Mutation;
import io.quorate.tso.api.Timestamp;
import io.quorate.txn.lock.Patience;
import java.util.List;
import java.util.function.LongSupplier;

/// A transaction that is to be committed.
///
/// @param primary the key that decides; one of the mutated ones
/// @param mutations in ascending order of their keys
/// @param forUpdate the latest for-update timestamp of its locks; the start where it has none
/// @param locked whether it holds pessimistic locks
/// @param maxCommit the end of the schema lease
/// @param patience how long to wait for others' locks
/// @param ageMillis how old the transaction is
public record CommitPlan(
        Timestamp start,
        ByteSlice primary,
        List<Mutation> mutations,
        Timestamp forUpdate,
        boolean locked,
        Timestamp maxCommit,
        Patience patience,
        LongSupplier ageMillis) {
    public CommitPlan {
        boolean primaryMutated = false;
        for (int i = 0; i < mutations.size(); i++) {
            ByteSlice key = mutations.get(i).key();
            primaryMutated |= key.equals(primary);
            Check.that(
                    i == 0 || mutations.get(i - 1).key().compareTo(key) < 0,
                    "each key is mutated once, in order");
        }
        Check.that(primaryMutated, "the primary is one of the mutated keys");
    }

    List<ByteSlice> keys() {
        return mutations.stream().map(Mutation::key).toList();
    }
}
