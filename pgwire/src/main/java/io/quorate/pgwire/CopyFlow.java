package io.quorate.pgwire;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.pgwire.codec.ReplyWriter;
import io.quorate.pgwire.message.FrontendMessage;
import io.quorate.sql.api.CopyInSink;
import io.quorate.sql.api.CopyOutSource;

/// The part of a conversation in which rows travel as COPY data.
final class CopyFlow {
    private static final int FLUSH_BYTES = 64 * 1024;

    private final ConnectionIo io;
    private final ReplyWriter reply;

    CopyFlow(ConnectionIo io, ReplyWriter reply) {
        this.io = io;
        this.reply = reply;
    }

    /// Takes the client's data to its end and returns the command tag.
    String receive(CopyInSink sink) {
        reply.copyResponse('G', sink.binary(), sink.columnCount());
        io.send(reply.buffer());
        while (true) {
            FrontendMessage message = io.next();
            switch (message) {
                case FrontendMessage.CopyData data -> sink.data(data.data());
                case FrontendMessage.CopyDone _ -> {
                    return sink.finish();
                }
                case FrontendMessage.CopyFail fail -> {
                    sink.abort(fail.reason());
                    throw new QuorateException(
                            ErrorCode.QUERY_CANCELED, "COPY from stdin failed: " + fail.reason());
                }
                case FrontendMessage.Flush _, FrontendMessage.Sync _ -> {
                    // Clients may send these while they copy; they mean nothing here.
                }
                case FrontendMessage.Gone gone -> {
                    io.post(gone);
                    sink.abort("connection lost");
                    throw new QuorateException(
                            ErrorCode.CONNECTION_FAILURE,
                            "unexpected EOF on client connection with an open transaction");
                }
                default -> {
                    sink.abort("protocol error");
                    reply.error(
                            "ERROR",
                            ErrorCode.PROTOCOL_VIOLATION.sqlState(),
                            "unexpected message during COPY from stdin");
                    io.send(reply.buffer());
                    io.post(
                            new FrontendMessage.Broken(
                                    "terminating connection because protocol synchronization was"
                                            + " lost"));
                    throw new QuorateException(
                            ErrorCode.PROTOCOL_VIOLATION,
                            "unexpected message during COPY from stdin");
                }
            }
        }
    }

    /// Sends all rows and returns the command tag.
    String send(CopyOutSource source) {
        reply.copyResponse('H', source.binary(), source.columnCount());
        for (ByteSlice piece = source.next(); piece != null; piece = source.next()) {
            reply.copyData(piece);
            if (reply.buffer().length() >= FLUSH_BYTES) {
                io.send(reply.buffer());
            }
        }
        reply.bare('c');
        return source.tag();
    }
}
