package io.quorate.tso;

import io.quorate.common.env.Env;
import io.quorate.common.env.Network.CallResult;
import io.quorate.common.env.Network.Service;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.tso.rpc.TsoReply;
import io.quorate.tso.rpc.TsoRequest;
import io.quorate.tso.rpc.TsoService;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the oracle's leader and asks it, until it answers. Where this node leads there is no network
/// between.
final class OracleChannel {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// Longer than a leader takes before it gives up by itself.
    private static final long CALL_NANOS = 1_500 * NANOS_PER_MILLI;

    private static final long PATIENCE_NANOS = 10_000 * NANOS_PER_MILLI;
    private static final long BACKOFF_FIRST_NANOS = 5 * NANOS_PER_MILLI;
    private static final long BACKOFF_MAX_NANOS = 200 * NANOS_PER_MILLI;

    private final Env env;
    private final RaftGroup group;
    private final OracleLeader local;
    private final Service<TsoRequest, TsoReply> service = TsoService.service();

    OracleChannel(Env env, RaftGroup group, OracleLeader local) {
        this.env = env;
        this.group = group;
        this.local = local;
    }

    /// Never a NotLeader or TryAgain. Throws CANNOT_CONNECT_NOW after ten seconds without a leader.
    TsoReply ask(TsoRequest request) {
        long deadline = env.clock().nanos() + PATIENCE_NANOS;
        long backoffNanos = BACKOFF_FIRST_NANOS;
        @Nullable NodeId hint = null;
        for (int attempt = 0; true; attempt++) {
            NodeId target = target(hint, attempt);
            hint = null;
            String why;
            switch (askNode(target, request)) {
                case TsoReply.NotLeader(NodeId leader) -> {
                    hint = target.equals(leader) ? null : leader;
                    why = target + " does not lead the oracle's group";
                }
                case TsoReply.TryAgain(String reason) -> why = target + ": " + reason;
                case TsoReply answer -> {
                    return answer;
                }
            }
            if (env.clock().nanos() >= deadline) {
                throw new QuorateException(
                                ErrorCode.CANNOT_CONNECT_NOW,
                                "the timestamp oracle cannot be reached from node " + env.node())
                        .withDetail("Last try: " + why + ".")
                        .withHint("A majority of the nodes must be up and connected.");
            }
            if (hint == null || attempt % 2 == 1) {
                env.tasks().sleepNanos(backoffNanos / 2 + jitter(backoffNanos / 2));
                backoffNanos = Math.min(BACKOFF_MAX_NANOS, backoffNanos * 2);
            }
        }
    }

    private TsoReply askNode(NodeId target, TsoRequest request) {
        if (target.equals(env.node())) {
            return local.handle(request);
        }
        return switch (env.network().call(target, service, request, CALL_NANOS)) {
            case CallResult.Answered<TsoReply>(TsoReply reply) -> reply;
            case CallResult.NotSent<TsoReply>(String why) -> new TsoReply.TryAgain(why);
            case CallResult.NoAnswer<TsoReply>(String why) -> new TsoReply.TryAgain(why);
        };
    }

    /// The node told of, then the leader this replica knows, and every third time some other: the
    /// leader this replica knows may be one it cannot reach.
    private NodeId target(@Nullable NodeId hint, int attempt) {
        if (hint != null) {
            return hint;
        }
        @Nullable NodeId known = group.status().leader();
        if (known != null && attempt % 3 != 2) {
            return known;
        }
        List<NodeId> voters = group.status().voters();
        return voters.isEmpty() ? env.node() : voters.get(env.random().nextInt(voters.size()));
    }

    private long jitter(long nanos) {
        return (long) (env.random().nextDouble() * nanos);
    }
}
