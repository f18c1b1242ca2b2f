package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.row.TableRows.IndexEntry;
import io.quorate.txn.api.Transaction;
import io.quorate.txn.api.Transaction.LockedRow;
import io.quorate.txn.api.WaitPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// INSERT … ON CONFLICT. Whether a row is there is decided under locks: the keys that a new row would
/// have in the arbiter indexes are locked before they are believed, absent ones too, so that of two
/// statements that mean the same row one waits for the other. Where the other has committed meanwhile,
/// the lock is refused as that of a newer row, and the statement runs again on a snapshot that shows
/// it.
///
/// DO NOTHING locks only what its snapshot does not show: a row that is there is left alone.
final class UpsertOperator extends ChangeOperator {
    /// A row to be inserted, and its key in each arbiter that could refuse it; null where a NULL makes
    /// it unlike any other.
    private record Proposal(
            ByteSlice key, @Nullable Object[] row, List<@Nullable ByteSlice> arbiterKeys) {}

    private final Operator input;
    private final PlanNode.Insert node;
    private final PlanNode.OnConflict conflict;
    private final TableRows rows;
    private final TableDescriptor table;
    private final Transaction transaction;

    // Looked up by key only. What stands under the arbiter keys, this statement's writes included;
    // null where nothing does.
    private final Map<ByteSlice, @Nullable ByteSlice> known = new HashMap<>();

    /// The rows behind secondary entries.
    private final Map<ByteSlice, ByteSlice> knownRows = new HashMap<>();

    /// The keys of the rows that this statement wrote.
    private final Set<ByteSlice> written = new HashSet<>();

    UpsertOperator(
            Operator input, PlanNode.Insert node, PlanNode.OnConflict conflict, Frame frame) {
        super(frame, node.returning());
        this.input = input;
        this.node = node;
        this.conflict = conflict;
        this.rows = node.table().rows();
        this.table = rows.table();
        this.transaction = frame.context().transaction();
    }

    @Override
    void change() {
        RowWriter writer = new RowWriter(node.table(), frame());
        HeldRows held = HeldRows.of(input, frame().run());
        List<Proposal> batch = new ArrayList<>();
        for (@Nullable Object[] row : held.rows()) {
            frame().run().step();
            writer.check(row);
            batch.add(proposal(writer, row));
            if (batch.size() == LOCK_BATCH_KEYS) {
                carryOut(batch, writer);
                batch.clear();
            }
        }
        carryOut(batch, writer);
        held.release();
        known.clear();
        knownRows.clear();
        written.clear();
    }

    private Proposal proposal(RowWriter writer, @Nullable Object[] row) {
        ByteSlice key = writer.newKey(row);
        List<@Nullable ByteSlice> arbiterKeys = new ArrayList<>();
        for (IndexDescriptor index : conflict.arbiters()) {
            arbiterKeys.add(arbiterKey(index, row, key));
        }
        return new Proposal(key, row, arbiterKeys);
    }

    private @Nullable ByteSlice arbiterKey(
            IndexDescriptor index, @Nullable Object[] row, ByteSlice key) {
        if (index.primary()) {
            return key;
        }
        IndexEntry entry = rows.entry(index, row, key);
        return entry.mustBeUnique() ? entry.key() : null;
    }

    private void carryOut(List<Proposal> batch, RowWriter writer) {
        frame().run().checkCancelled();
        learn(batch);
        for (Proposal proposal : batch) {
            int obstacle = obstacle(proposal);
            if (obstacle < 0) {
                insert(proposal, writer);
            } else if (conflict.updates()) {
                update(proposal, obstacle, writer);
            }
        }
    }

    /// Finds out what stands under the keys of a batch.
    private void learn(List<Proposal> batch) {
        Set<ByteSlice> open = new TreeSet<>();
        for (Proposal proposal : batch) {
            for (ByteSlice key : proposal.arbiterKeys()) {
                if (key != null && !known.containsKey(key)) {
                    open.add(key);
                }
            }
        }
        if (!conflict.updates() && !open.isEmpty()) {
            Map<ByteSlice, ByteSlice> there = transaction.getAll(new ArrayList<>(open));
            known.putAll(there);
            open.removeAll(there.keySet());
        }
        lock(new ArrayList<>(open)).forEach(known::put);
        if (conflict.updates()) {
            learnRows(batch);
        }
    }

    /// Locks and reads the rows that secondary entries lead to.
    private void learnRows(List<Proposal> batch) {
        Set<ByteSlice> rowKeys = new TreeSet<>();
        for (Proposal proposal : batch) {
            int obstacle = obstacle(proposal);
            if (obstacle >= 0 && !conflict.arbiters().get(obstacle).primary()) {
                rowKeys.add(rowKey(proposal, obstacle));
            }
        }
        rowKeys.removeAll(knownRows.keySet());
        rowKeys.removeAll(written);
        lock(new ArrayList<>(rowKeys))
                .forEach((key, value) ->
                        knownRows.put(
                                key, Check.present(value, "an index entry stands for a row")));
    }

    private Map<ByteSlice, @Nullable ByteSlice> lock(List<ByteSlice> keys) {
        Map<ByteSlice, @Nullable ByteSlice> values = new HashMap<>();
        if (!keys.isEmpty()) {
            List<LockedRow> locked = transaction.lock(keys, WaitPolicy.WAIT);
            for (int i = 0; i < keys.size(); i++) {
                values.put(keys.get(i), locked.get(i).value());
            }
        }
        return values;
    }

    /// The first arbiter that has the row already; -1 if none has.
    private int obstacle(Proposal proposal) {
        for (int i = 0; i < proposal.arbiterKeys().size(); i++) {
            ByteSlice key = proposal.arbiterKeys().get(i);
            if (key != null && known.get(key) != null) {
                return i;
            }
        }
        return -1;
    }

    private ByteSlice rowKey(Proposal proposal, int obstacle) {
        IndexDescriptor index = conflict.arbiters().get(obstacle);
        ByteSlice key = Check.present(proposal.arbiterKeys().get(obstacle), "an obstacle is a key");
        ByteSlice value = Check.present(known.get(key), "an obstacle has a value");
        return index.primary() ? key : rows.rowKeyOf(index, key, value);
    }

    private void insert(Proposal proposal, RowWriter writer) {
        writer.insert(proposal.key(), proposal.row(), conflict.arbiters());
        wrote(proposal.key(), proposal.row());
        changed(proposal.row());
    }

    private void update(Proposal proposal, int obstacle, RowWriter writer) {
        ByteSlice oldKey = rowKey(proposal, obstacle);
        if (written.contains(oldKey)) {
            throw new QuorateException(
                            ErrorCode.CARDINALITY_VIOLATION,
                            "ON CONFLICT DO UPDATE command cannot affect row a second time")
                    .withHint(
                            "Ensure that no rows proposed for insertion within the same command have"
                                    + " duplicate constrained values.");
        }
        @Nullable Object[] oldRow = rows.decode(oldKey, valueOf(oldKey));
        @Nullable Object[] both = Operators.joined(oldRow, proposal.row());
        if (!Operators.passes(conflict.filter(), frame(), both)) {
            return;
        }
        @Nullable Object[] newRow = Arrays.copyOf(oldRow, oldRow.length);
        for (int i = 0; i < conflict.positions().length; i++) {
            newRow[conflict.positions()[i]] = conflict.values().get(i).evaluate(frame(), both);
        }
        writer.check(newRow);
        ByteSlice newKey = table.hasHiddenRowId() ? oldKey : writer.newKey(newRow);
        writer.removeOld(oldKey, oldRow, newKey, newRow);
        writer.writeNew(oldKey, oldRow, newKey, newRow);
        for (IndexDescriptor index : conflict.arbiters()) {
            ByteSlice gone = arbiterKey(index, oldRow, oldKey);
            if (gone != null) {
                known.put(gone, null);
            }
        }
        wrote(newKey, newRow);
        changed(newRow);
    }

    private ByteSlice valueOf(ByteSlice rowKey) {
        ByteSlice value = knownRows.get(rowKey);
        return Check.present(
                value == null ? known.get(rowKey) : value, "a row to update was read under lock");
    }

    /// Notes what this statement wrote, for the rows that follow.
    private void wrote(ByteSlice key, @Nullable Object[] row) {
        written.add(key);
        for (IndexDescriptor index : conflict.arbiters()) {
            if (index.primary()) {
                known.put(key, rows.rowValue(row));
                continue;
            }
            IndexEntry entry = rows.entry(index, row, key);
            if (entry.mustBeUnique()) {
                known.put(entry.key(), entry.value());
            }
        }
    }
}
