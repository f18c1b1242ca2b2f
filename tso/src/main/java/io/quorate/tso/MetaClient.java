package io.quorate.tso;

import io.quorate.common.check.Check;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.tso.api.ClusterMeta;
import io.quorate.tso.api.Timestamp;
import io.quorate.tso.rpc.TsoReply;
import io.quorate.tso.rpc.TsoRequest;
import java.util.List;

/// The cluster's metadata as one node sees it.
final class MetaClient implements ClusterMeta {
    private final NodeId node;
    private final RaftGroup group;
    private final OracleChannel channel;

    MetaClient(NodeId node, RaftGroup group, OracleChannel channel) {
        this.node = node;
        this.group = group;
        this.channel = channel;
    }

    @Override
    public long allocateIds(int count) {
        Check.that(count > 0, "at least one id is asked for");
        TsoReply reply = channel.ask(new TsoRequest.AllocateIds(count));
        if (reply instanceof TsoReply.Ids(long first)) {
            return first;
        }
        throw unexpected(reply);
    }

    @Override
    public SchemaLease renewSchemaLease(long version) {
        TsoReply reply = channel.ask(new TsoRequest.RenewSchemaLease(node, version));
        if (reply instanceof TsoReply.LeaseGranted(long granted, Timestamp until)) {
            return new SchemaLease.Granted(granted, until);
        }
        if (reply instanceof TsoReply.LeaseRefused(long minimum)) {
            return new SchemaLease.Refused(minimum);
        }
        throw unexpected(reply);
    }

    @Override
    public List<OldLease> raiseMinimumSchemaVersion(long version) {
        TsoReply reply = channel.ask(new TsoRequest.RaiseMinimumSchemaVersion(version));
        if (reply instanceof TsoReply.OldLeases(List<OldLease> leases)) {
            return leases;
        }
        throw unexpected(reply);
    }

    @Override
    public void releaseSchemaLeasesBelow(long version) {
        TsoReply reply = channel.ask(new TsoRequest.ReleaseSchemaLeases(node, version));
        if (!(reply instanceof TsoReply.Released)) {
            throw unexpected(reply);
        }
    }

    @Override
    public List<NodeId> nodes() {
        return group.status().voters();
    }

    private static Error unexpected(TsoReply reply) {
        return Check.unreachable("the oracle's leader answered another question: " + reply);
    }
}
