package io.quorate.tests.sim;

import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.raftstore.RaftStore;
import io.quorate.raftstore.RaftStoreConfig;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.api.ProposeResult;
import io.quorate.raftstore.api.RaftGroup;
import io.quorate.raftstore.api.ReadResult;
import io.quorate.sim.SimNode;
import java.util.List;

/// A node that serves registers: one store, one group.
final class RegisterNode implements SimNode {
    private static final GroupId GROUP = new GroupId(2);
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private final List<NodeId> voters;
    private final RaftStoreConfig config;
    private final RegisterMachine.Durable durable;
    private final AppliedJudge judge;

    RegisterNode(
            List<NodeId> voters,
            RaftStoreConfig config,
            RegisterMachine.Durable durable,
            AppliedJudge judge) {
        this.voters = voters;
        this.config = config;
        this.durable = durable;
        this.judge = judge;
    }

    @Override
    public void start(Env env) {
        try {
            RaftStore store = new RaftStore(env, config);
            RegisterMachine machine = new RegisterMachine(env, durable, judge);
            RaftGroup group = store.open(GROUP, voters, machine);
            env.network()
                    .serve(
                            RegisterProtocol.SERVICE,
                            (_, request) -> handle(env, group, machine, request));
        } catch (QuorateException e) {
            if (e.code() != ErrorCode.IO_ERROR) {
                throw e;
            }
            env.halt("the disk fails while the store opens", e);
        }
    }

    private static RegisterProtocol.Reply handle(
            Env env, RaftGroup group, RegisterMachine machine, RegisterProtocol.Request request) {
        return request instanceof RegisterProtocol.Read(int key)
                ? read(env, group, machine, key)
                : change(env, group, machine, request);
    }

    private static RegisterProtocol.Reply read(
            Env env, RaftGroup group, RegisterMachine machine, int key) {
        return switch (group.readIndex().await(env, PATIENCE_NANOS)) {
            case ReadResult.Ready _ -> new RegisterProtocol.Done(machine.read(key));
            case ReadResult.NotLeader(NodeId leader) -> new RegisterProtocol.NotLeader(leader);
            case null -> new RegisterProtocol.Unknown();
        };
    }

    private static RegisterProtocol.Reply change(
            Env env, RaftGroup group, RegisterMachine machine, RegisterProtocol.Request request) {
        long term = machine.leadingTerm();
        if (term == 0) {
            return new RegisterProtocol.NotLeader(group.status().leader());
        }
        ProposeResult result =
                group.propose(term, RegisterProtocol.encode(request)).await(env, PATIENCE_NANOS);
        return switch (result) {
            case ProposeResult.Applied applied ->
                    new RegisterProtocol.Done((Long) applied.result());
            case ProposeResult.NotLeader(NodeId leader) -> new RegisterProtocol.NotLeader(leader);
            case ProposeResult.Busy _ -> new RegisterProtocol.NotLeader(null);
            case ProposeResult.Undetermined _ -> new RegisterProtocol.Unknown();
            case null -> new RegisterProtocol.Unknown();
        };
    }
}
