package io.quorate.sql.exec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.check.InvariantBroken;
import io.quorate.region.api.RegionReply.KeyValue;
import io.quorate.sql.row.TableRows;
import io.quorate.txn.api.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks rows of a table up by values of the left row. Left rows are taken in batches; where the
/// access leads to single keys, those of a batch are read together.
final class LookupJoinOperator implements Operator {
    private static final int BATCH_ROWS = 256;

    private final PlanNode.LookupJoin node;
    private final Operator left;
    private final Frame frame;
    private final TableRows table;
    private final IndexReader reader;
    private final ArrayDeque<@Nullable Object[]> results = new ArrayDeque<>();
    private boolean leftDone;

    LookupJoinOperator(PlanNode.LookupJoin node, Frame frame) {
        this.node = node;
        this.left = Operators.create(node.input(), frame);
        this.frame = frame;
        this.table = node.table();
        this.reader = new IndexReader(table, node.access(), frame);
    }

    @Override
    public void open() {
        left.open();
    }

    @Override
    public @Nullable Object @Nullable [] next() {
        while (results.isEmpty() && !leftDone) {
            fill();
        }
        return results.poll();
    }

    private void fill() {
        List<@Nullable Object[]> batch = new ArrayList<>();
        while (batch.size() < BATCH_ROWS) {
            @Nullable Object[] row = left.next();
            if (row == null) {
                leftDone = true;
                break;
            }
            frame.run().step();
            batch.add(row);
        }
        if (node.access().isPoint()) {
            joinByPoints(batch);
        } else {
            for (@Nullable Object[] row : batch) {
                join(row, readRanges(row));
            }
        }
    }

    private void joinByPoints(List<@Nullable Object[]> batch) {
        Transaction transaction = frame.context().transaction();
        List<List<ByteSlice>> keysOf = new ArrayList<>(batch.size());
        Set<ByteSlice> wanted = new LinkedHashSet<>();
        for (@Nullable Object[] row : batch) {
            List<ByteSlice> keys = KeyRanges.points(table, node.access(), frame, row);
            keysOf.add(keys);
            wanted.addAll(keys);
        }
        Map<ByteSlice, @Nullable Object[]> rows = new HashMap<>();
        List<KeyValue> found = IndexReader.fetch(transaction, List.copyOf(wanted));
        if (node.access().index().primary()) {
            found.forEach(each -> rows.put(each.key(), decode(each)));
        } else {
            Map<ByteSlice, ByteSlice> entryOfRow = new HashMap<>();
            for (KeyValue entry : found) {
                entryOfRow.put(
                        table.rowKeyOf(node.access().index(), entry.key(), entry.value()),
                        entry.key());
            }
            List<ByteSlice> rowKeys = IndexReader.rowKeys(table, node.access().index(), found);
            for (KeyValue each : IndexReader.fetch(transaction, rowKeys)) {
                ByteSlice entryKey = entryOfRow.get(each.key());
                if (entryKey != null) {
                    rows.put(entryKey, decode(each));
                }
            }
        }
        for (int i = 0; i < batch.size(); i++) {
            List<@Nullable Object[]> matches = new ArrayList<>();
            for (ByteSlice key : keysOf.get(i)) {
                @Nullable Object[] match = rows.get(key);
                if (match != null) {
                    matches.add(match);
                }
            }
            join(batch.get(i), matches);
        }
    }

    private List<@Nullable Object[]> readRanges(@Nullable Object[] row) {
        List<@Nullable Object[]> matches = new ArrayList<>();
        reader.start(row);
        for (KeyValue found = reader.next(); found != null; found = reader.next()) {
            matches.add(decode(found));
        }
        return matches;
    }

    private @Nullable Object[] decode(KeyValue found) {
        return TableScanOperator.decode(table, node.withKey(), found);
    }

    private void join(@Nullable Object[] row, List<@Nullable Object[]> matches) {
        boolean matched = false;
        for (@Nullable Object[] match : matches) {
            if (!Operators.passes(node.filter(), frame, match)) {
                continue;
            }
            @Nullable Object[] both = Operators.joined(row, match);
            if (!Operators.passes(node.residual(), frame, both)) {
                continue;
            }
            matched = true;
            switch (node.kind()) {
                case INNER, LEFT -> results.add(both);
                case SEMI -> {
                    results.add(row);
                    return;
                }
                case ANTI -> {
                    return;
                }
                case RIGHT, FULL -> throw unsupported();
            }
        }
        if (matched) {
            return;
        }
        switch (node.kind()) {
            case LEFT -> {
                int width = table.table().columns().size() + (node.withKey() ? 1 : 0);
                results.add(Arrays.copyOf(row, row.length + width));
            }
            case ANTI -> results.add(row);
            case INNER, SEMI -> {}
            case RIGHT, FULL -> throw unsupported();
        }
    }

    private static InvariantBroken unsupported() {
        return Check.unreachable("a lookup join keeps no rows of its right side");
    }

    @Override
    public void close() {
        reader.close();
        left.close();
        results.clear();
    }
}
