package io.quorate.raftstore.log;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.Codec;
import io.quorate.common.env.Disk;
import io.quorate.common.env.Env;
import io.quorate.common.env.MachineEnv;
import io.quorate.common.env.Network;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.GroupId;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the tests of the log share.
final class LogWorld {
    static final NodeId NODE = new NodeId(1);
    static final GroupId G2 = new GroupId(2);
    static final GroupId G3 = new GroupId(3);
    static final LogConfig SMALL = new LogConfig(7, 8 << 10, 1 << 10, false);

    final List<String> halts = new ArrayList<>();

    Env env(NodeId node, Disk disk) {
        Env machine = MachineEnv.of(node, Path.of("unused"), new Silence(), (_, _, _) -> {});
        return new MachineEnv(
                node,
                machine.clock(),
                machine.random(),
                disk,
                machine.network(),
                machine.tasks(),
                machine.metrics(),
                (_, reason, _) -> halts.add(reason));
    }

    RaftLog open(Disk disk) {
        return open(disk, SMALL);
    }

    RaftLog open(Disk disk, LogConfig config) {
        return RaftLog.open(env(NODE, disk), config);
    }

    static GroupLog group(RaftLog log, GroupId id) {
        return log.openGroup(id, new EntryCache(0));
    }

    static Entry entry(long index, long term, String data) {
        return new Entry(term, index, EntryKind.NORMAL, ByteSlice.utf8(data));
    }

    /// Writes the entries as one batch and has the group take them in.
    static void append(RaftLog log, GroupLog group, Entry... entries) {
        LogBatch batch = new LogBatch();
        EntriesItem item = batch.append(group.group(), List.of(entries));
        log.write(batch);
        group.appended(item);
    }

    static List<String> contents(GroupLog group) {
        List<String> found = new ArrayList<>();
        if (group.lastIndex() >= group.firstIndex()) {
            long end = group.lastIndex() + 1;
            for (long at = group.firstIndex(); at < end; ) {
                List<Entry> some = group.entries(at, end, 100);
                some.forEach(e -> found.add(e.index() + "/" + e.term() + " " + e.data().toUtf8()));
                at += some.size();
            }
        }
        return found;
    }

    /// Nobody there.
    private record Silence() implements Network {
        @Override
        public <Q, R> void serve(Service<Q, R> service, Handler<Q, R> handler) {}

        @Override
        public <M> void listen(Topic<M> topic, Receiver<M> receiver) {}

        @Override
        public <Q, R> CallResult<R> call(
                NodeId to, Service<Q, R> service, Q request, long timeoutNanos) {
            Codec<Q> unused = service.requests();
            return new CallResult.NotSent<>("nobody is there to read " + unused);
        }

        @Override
        public <M> void send(NodeId to, Topic<M> topic, M message) {}
    }
}
