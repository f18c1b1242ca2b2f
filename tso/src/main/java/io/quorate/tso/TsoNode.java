package io.quorate.tso;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.GroupStatus;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.tso.api.ClusterMeta;
import io.quorate.tso.api.TimestampOracle;
import io.quorate.tso.meta.MetaStateMachine;
import io.quorate.tso.oracle.LeaderTerm;
import io.quorate.tso.rpc.TsoService;
import org.jspecify.annotations.Nullable;

/// One node's share in the oracle: a replica of its group, its service on the network, and the
/// clients through which this node asks it. One per node; it ends with the node.
public final class TsoNode {
    private final RaftGroup group;
    private final OracleClient oracle;
    private final MetaClient meta;

    /// Opens the replica and begins to serve. Throws where the saved state is damaged.
    public TsoNode(Env env, GroupOpener opener) {
        LeaderTerm term = new LeaderTerm(env.clock());
        group = opener.open(GroupId.ORACLE, new MetaStateMachine(env.disk(), term));
        OracleLeader leader = new OracleLeader(env, group, term);
        env.network().serve(TsoService.service(), (_, request) -> leader.handle(request));
        OracleChannel channel = new OracleChannel(env, group, leader);
        oracle = new OracleClient(channel);
        meta = new MetaClient(env.node(), group, channel);
    }

    public TimestampOracle oracle() {
        return oracle;
    }

    public ClusterMeta meta() {
        return meta;
    }

    /// The node that leads the oracle's group, as far as known here.
    public @Nullable NodeId leader() {
        return group.status().leader();
    }

    public GroupStatus status() {
        return group.status();
    }
}
