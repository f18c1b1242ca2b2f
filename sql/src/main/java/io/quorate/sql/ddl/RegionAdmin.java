package io.quorate.sql.ddl;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionClient.SendResult;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionRequest;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Compound;
import io.quorate.sql.row.Keys;
import io.quorate.sql.row.TableRows;
import io.quorate.tso.api.ClusterMeta;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SPLIT AT, SCATTER and TRANSFER LEADER: where a table's rows live.
final class RegionAdmin {
    private static final long TIMEOUT_NANOS = 20_000_000_000L;

    private final RegionClient client;
    private final ClusterMeta meta;

    RegionAdmin(RegionClient client, ClusterMeta meta) {
        this.client = client;
        this.meta = meta;
    }

    /// Makes a region begin at each of these primary keys, and one at the table itself.
    void split(TableDescriptor table, List<Compound.Row> keys, DdlSession session) {
        splitAt(Keys.ofTable(table.oid()).start());
        for (Compound.Row key : keys) {
            splitAt(keyOf(table, key, session));
        }
    }

    /// Spreads the leaders of the table's regions over the nodes.
    void scatter(TableDescriptor table) {
        List<NodeId> nodes = meta.nodes();
        int next = 0;
        for (RegionDescriptor region : client.regionsOf(Keys.ofTable(table.oid()))) {
            ask(region, nodes.get(next++ % nodes.size()));
        }
    }

    void transfer(TableDescriptor table, Compound.@Nullable Row key, int node, DdlSession session) {
        NodeId target = new NodeId(node);
        if (!meta.nodes().contains(target)) {
            throw new QuorateException(
                            ErrorCode.UNDEFINED_OBJECT, "node " + node + " does not exist")
                    .withHint("The nodes are " + meta.nodes() + ".");
        }
        KeyRange range = Keys.ofTable(table.oid());
        if (key != null) {
            ByteSlice start = keyOf(table, key, session);
            range = new KeyRange(start, start.successor());
        }
        for (RegionDescriptor region : client.regionsOf(range)) {
            ask(region, target);
        }
    }

    private void splitAt(ByteSlice key) {
        for (RegionDescriptor region : client.regionsOf(new KeyRange(key, key.successor()))) {
            if (region.range().start().equals(key)) {
                return;
            }
        }
        RegionId id = new RegionId(meta.allocateIds(1));
        SendResult result =
                client.send(
                        key,
                        TIMEOUT_NANOS,
                        header -> new RegionRequest.Split(header, List.of(key), List.of(id)));
        expectAnswer(result);
    }

    private void ask(RegionDescriptor region, NodeId target) {
        expectAnswer(
                client.send(
                        region.range().start(),
                        TIMEOUT_NANOS,
                        header -> new RegionRequest.TransferLeader(header, target)));
    }

    private static void expectAnswer(SendResult result) {
        switch (result) {
            case SendResult.Answered _ -> {
                // Done.
            }
            case SendResult.Regroup _ ->
                    throw new QuorateException(
                            ErrorCode.OBJECT_IN_USE, "the table's regions change; try again");
            case SendResult.Unavailable unavailable ->
                    throw new QuorateException(
                            ErrorCode.CANNOT_CONNECT_NOW, "no answer: " + unavailable.why());
            case SendResult.Unknown unknown ->
                    throw new QuorateException(
                            ErrorCode.CANNOT_CONNECT_NOW, "no answer: " + unknown.why());
        }
    }

    private static ByteSlice keyOf(TableDescriptor table, Compound.Row key, DdlSession session) {
        if (table.hasHiddenRowId()) {
            throw new QuorateException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "table \"" + table.name() + "\" has no primary key to split at")
                    .withPosition(key.position());
        }
        int[] positions = table.positionsOf(table.primary());
        if (key.elements().isEmpty() || key.elements().size() > positions.length) {
            throw new QuorateException(
                            ErrorCode.SYNTAX_ERROR,
                            "the primary key of \""
                                    + table.name()
                                    + "\" has "
                                    + positions.length
                                    + " columns, not "
                                    + key.elements().size())
                    .withPosition(key.position());
        }
        @Nullable Object[] values = new Object[key.elements().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    session.evaluate(
                            key.elements().get(i), table.columns().get(positions[i]).type());
        }
        return new TableRows(table).prefix(table.primary(), values);
    }
}
