package io.quorate.raftstore.wire;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.raft.ConfState;
import io.quorate.raftstore.raft.Entry;
import io.quorate.raftstore.raft.EntryKind;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// The bytes of one [Message]: its type, from, to and term, then what the type has besides.
final class MessageCodec {
    private static final int APPEND = 1;
    private static final int APPEND_REPLY = 2;
    private static final int VOTE_REQUEST = 3;
    private static final int VOTE_REPLY = 4;
    private static final int HEARTBEAT = 5;
    private static final int HEARTBEAT_REPLY = 6;
    private static final int INSTALL_SNAPSHOT = 7;
    private static final int TIMEOUT_NOW = 8;
    private static final int TRANSFER_LEADER = 9;
    private static final int PROPOSE = 10;
    private static final int READ_INDEX = 11;
    private static final int READ_INDEX_REPLY = 12;

    private static final EntryKind[] KINDS = EntryKind.values();

    private MessageCodec() {}

    static void write(Message message, ByteWriter out) {
        switch (message) {
            case Message.Append append -> {
                head(APPEND, append, out);
                out.putVarLong(append.logTerm());
                out.putVarLong(append.index());
                out.putVarLong(append.commit());
                writeEntries(append.entries(), out);
            }
            case Message.AppendReply reply -> {
                head(APPEND_REPLY, reply, out);
                out.putVarLong(reply.index());
                out.putBoolean(reply.rejected());
                out.putVarLong(reply.rejectHint());
                out.putVarLong(reply.logTerm());
            }
            case Message.VoteRequest request -> {
                head(VOTE_REQUEST, request, out);
                out.putVarLong(request.logTerm());
                out.putVarLong(request.index());
                out.putBoolean(request.preVote());
                out.putBoolean(request.transfer());
            }
            case Message.VoteReply reply -> {
                head(VOTE_REPLY, reply, out);
                out.putBoolean(reply.preVote());
                out.putBoolean(reply.rejected());
            }
            case Message.Heartbeat heartbeat -> {
                head(HEARTBEAT, heartbeat, out);
                out.putVarLong(heartbeat.commit());
                out.putVarLong(heartbeat.readRound());
            }
            case Message.HeartbeatReply reply -> {
                head(HEARTBEAT_REPLY, reply, out);
                out.putVarLong(reply.readRound());
            }
            case Message.InstallSnapshot install -> {
                head(INSTALL_SNAPSHOT, install, out);
                writeSnapshot(install.snapshot(), out);
            }
            case Message.TimeoutNow timeout -> head(TIMEOUT_NOW, timeout, out);
            case Message.TransferLeader transfer -> {
                head(TRANSFER_LEADER, transfer, out);
                out.putVarLong(transfer.transferee());
            }
            case Message.Propose propose -> {
                head(PROPOSE, propose, out);
                writeEntries(propose.entries(), out);
            }
            case Message.ReadIndex read -> {
                head(READ_INDEX, read, out);
                out.putVarLong(read.context());
            }
            case Message.ReadIndexReply reply -> {
                head(READ_INDEX_REPLY, reply, out);
                out.putVarLong(reply.context());
                out.putVarLong(reply.index());
            }
        }
    }

    static Message read(ByteReader in) {
        int type = in.getByte();
        long from = in.getVarLong();
        long to = in.getVarLong();
        long term = in.getVarLong();
        return switch (type) {
            case APPEND -> readAppend(from, to, term, in);
            case APPEND_REPLY ->
                    new Message.AppendReply(
                            from,
                            to,
                            term,
                            in.getVarLong(),
                            in.getBoolean(),
                            in.getVarLong(),
                            in.getVarLong());
            case VOTE_REQUEST ->
                    new Message.VoteRequest(
                            from,
                            to,
                            term,
                            in.getVarLong(),
                            in.getVarLong(),
                            in.getBoolean(),
                            in.getBoolean());
            case VOTE_REPLY ->
                    new Message.VoteReply(from, to, term, in.getBoolean(), in.getBoolean());
            case HEARTBEAT ->
                    new Message.Heartbeat(from, to, term, in.getVarLong(), in.getVarLong());
            case HEARTBEAT_REPLY -> new Message.HeartbeatReply(from, to, term, in.getVarLong());
            case INSTALL_SNAPSHOT -> new Message.InstallSnapshot(from, to, term, readSnapshot(in));
            case TIMEOUT_NOW -> new Message.TimeoutNow(from, to, term);
            case TRANSFER_LEADER -> new Message.TransferLeader(from, to, term, in.getVarLong());
            case PROPOSE -> new Message.Propose(from, to, term, readEntries(in));
            case READ_INDEX -> new Message.ReadIndex(from, to, term, in.getVarLong());
            case READ_INDEX_REPLY ->
                    new Message.ReadIndexReply(from, to, term, in.getVarLong(), in.getVarLong());
            default -> throw new CorruptBytes("no Raft message has type " + type);
        };
    }

    private static void head(int type, Message message, ByteWriter out) {
        out.putByte(type);
        out.putVarLong(message.from());
        out.putVarLong(message.to());
        out.putVarLong(message.term());
    }

    private static Message.Append readAppend(long from, long to, long term, ByteReader in) {
        long logTerm = in.getVarLong();
        long index = in.getVarLong();
        long commit = in.getVarLong();
        return new Message.Append(from, to, term, logTerm, index, readEntries(in), commit);
    }

    private static void writeEntries(List<Entry> entries, ByteWriter out) {
        out.putVarInt(entries.size());
        for (Entry entry : entries) {
            out.putVarLong(entry.term());
            out.putVarLong(entry.index());
            out.putByte(entry.kind().ordinal());
            out.putBytes(entry.data());
        }
    }

    private static List<Entry> readEntries(ByteReader in) {
        int count = in.getCount();
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long term = in.getVarLong();
            long index = in.getVarLong();
            int kind = in.getByte();
            if (kind >= KINDS.length) {
                throw new CorruptBytes("no entry has kind " + kind);
            }
            entries.add(new Entry(term, index, KINDS[kind], in.getBytes()));
        }
        return List.copyOf(entries);
    }

    private static void writeSnapshot(Snapshot snapshot, ByteWriter out) {
        out.putVarLong(snapshot.index());
        out.putVarLong(snapshot.term());
        ConfState conf = snapshot.confState();
        writeIds(conf.voters(), out);
        writeIds(conf.votersOutgoing(), out);
        writeIds(conf.learners(), out);
        writeIds(conf.learnersNext(), out);
        out.putBoolean(conf.autoLeave());
        out.putBytes(snapshot.data());
    }

    private static Snapshot readSnapshot(ByteReader in) {
        long index = in.getVarLong();
        long term = in.getVarLong();
        ConfState conf =
                new ConfState(readIds(in), readIds(in), readIds(in), readIds(in), in.getBoolean());
        return new Snapshot(index, term, conf, in.getBytes());
    }

    private static void writeIds(List<Long> ids, ByteWriter out) {
        out.putVarInt(ids.size());
        for (long id : ids) {
            out.putVarLong(id);
        }
    }

    private static List<Long> readIds(ByteReader in) {
        int count = in.getCount();
        List<Long> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(in.getVarLong());
        }
        return ids;
    }
}
