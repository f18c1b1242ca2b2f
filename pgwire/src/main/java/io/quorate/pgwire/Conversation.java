package io.quorate.pgwire;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.pgwire.codec.ReplyWriter;
import io.quorate.pgwire.message.FrontendMessage;
import io.quorate.sql.api.Portal;
import io.quorate.sql.api.Portal.Outcome;
import io.quorate.sql.api.Prepared;
import io.quorate.sql.api.Session;
import io.quorate.sql.api.Session.Notice;
import io.quorate.sql.api.Session.ScriptStatement;
import io.quorate.sql.api.Session.TransactionStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The two query protocols over one session. After an error in the extended one, everything up to the
/// next Sync is skipped.
final class Conversation {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);
    private static final int FLUSH_BYTES = 32 * 1024;
    private static final int[] TEXT = {};

    private final Session session;
    private final ConnectionIo io;
    private final ReplyWriter reply;
    private final Map<String, String> reported;
    private final Map<String, Prepared> statements = new HashMap<>();
    private final Map<String, BoundPortal> portals = new LinkedHashMap<>();
    private boolean skipping;

    private record BoundPortal(Portal portal, int[] resultFormats) {}

    Conversation(
            Session session, ConnectionIo io, ReplyWriter reply, Map<String, String> reported) {
        this.session = session;
        this.io = io;
        this.reply = reply;
        this.reported = reported;
    }

    /// Takes one message; false when the connection is over. A thrown QuorateException ends it too.
    boolean take(FrontendMessage message) {
        if (skipping && !endsSkipping(message)) {
            return true;
        }
        switch (message) {
            case FrontendMessage.Query query -> simpleQuery(query.sql());
            case FrontendMessage.Sync _ -> sync();
            case FrontendMessage.Flush _ -> io.send(reply.buffer());
            case FrontendMessage.Terminate _, FrontendMessage.Gone _ -> {
                return false;
            }
            case FrontendMessage.Broken broken -> {
                String error = broken.error();
                if (error != null) {
                    throw new QuorateException(ErrorCode.PROTOCOL_VIOLATION, error);
                }
                return false;
            }
            case FrontendMessage.CopyData _,
                    FrontendMessage.CopyDone _,
                    FrontendMessage.CopyFail _ -> {
                // Left over from a COPY that failed: PostgreSQL passes over them too.
            }
            case FrontendMessage.FunctionCall _ -> functionCall();
            case FrontendMessage.Opening _ ->
                    throw new QuorateException(
                            ErrorCode.PROTOCOL_VIOLATION, "a connection opens only once");
            case FrontendMessage.Parse _,
                    FrontendMessage.Bind _,
                    FrontendMessage.DescribeStatement _,
                    FrontendMessage.DescribePortal _,
                    FrontendMessage.Execute _,
                    FrontendMessage.CloseStatement _,
                    FrontendMessage.ClosePortal _,
                    FrontendMessage.Malformed _ ->
                    extended(message);
        }
        return true;
    }

    private static boolean endsSkipping(FrontendMessage message) {
        return message instanceof FrontendMessage.Sync
                || message instanceof FrontendMessage.Terminate
                || message instanceof FrontendMessage.Gone
                || message instanceof FrontendMessage.Broken;
    }

    private void simpleQuery(String sql) {
        try {
            closePortal("");
            statements.remove("");
            List<ScriptStatement> script = session.parseScript(sql);
            if (script.isEmpty()) {
                reply.bare('I');
            }
            for (ScriptStatement statement : script) {
                if (script.size() == 1) {
                    session.expectSync();
                }
                runSimple(session.prepare(statement));
            }
            session.sync();
        } catch (QuorateException error) {
            report(error);
        } catch (StackOverflowError tooDeep) {
            report(tooComplex(tooDeep));
        } finally {
            forgetPortalsOutsideTransaction();
        }
        ready();
    }

    private void runSimple(Prepared prepared) {
        try (Portal portal = session.bind(prepared, List.of(), new boolean[0])) {
            run(new BoundPortal(portal, TEXT), 0, portal.returnsRows());
        }
    }

    private void extended(FrontendMessage message) {
        try {
            switch (message) {
                case FrontendMessage.Parse parse -> parse(parse);
                case FrontendMessage.Bind bind -> bind(bind);
                case FrontendMessage.DescribeStatement describe ->
                        describeStatement(describe.statement());
                case FrontendMessage.DescribePortal describe -> describePortal(describe.portal());
                case FrontendMessage.Execute execute -> {
                    BoundPortal bound = portal(execute.portal());
                    if (io.peek() instanceof FrontendMessage.Sync) {
                        session.expectSync();
                    }
                    run(bound, execute.rowsMax(), false);
                }
                case FrontendMessage.CloseStatement close -> {
                    statements.remove(close.statement());
                    reply.bare('3');
                }
                case FrontendMessage.ClosePortal close -> {
                    closePortal(close.portal());
                    reply.bare('3');
                }
                case FrontendMessage.Malformed malformed -> throw malformed(malformed);
                default ->
                        throw new QuorateException(
                                ErrorCode.PROTOCOL_VIOLATION, "not an extended query message");
            }
        } catch (QuorateException error) {
            report(error);
            skipping = true;
        } catch (StackOverflowError tooDeep) {
            report(tooComplex(tooDeep));
            skipping = true;
        }
        if (reply.buffer().length() >= FLUSH_BYTES) {
            io.send(reply.buffer());
        }
    }

    private void parse(FrontendMessage.Parse parse) {
        if (!parse.statement().isEmpty() && statements.containsKey(parse.statement())) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"" + parse.statement() + "\" already exists");
        }
        statements.put(parse.statement(), session.prepare(parse.sql(), parse.parameterTypes()));
        reply.bare('1');
    }

    private void bind(FrontendMessage.Bind bind) {
        Prepared prepared = statement(bind.statement());
        int expected = prepared.parameterTypes().length;
        if (bind.values().size() != expected) {
            throw new QuorateException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "bind message supplies "
                            + bind.values().size()
                            + " parameters, but prepared statement \""
                            + bind.statement()
                            + "\" requires "
                            + expected);
        }
        checkFormats(bind.parameterFormats(), expected, "parameter formats", "parameters");
        if (prepared.returnsRows()) {
            checkFormats(
                    bind.resultFormats(), prepared.columns().size(), "result formats", "columns");
        }
        if (!bind.portal().isEmpty() && portals.containsKey(bind.portal())) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_CURSOR, "cursor \"" + bind.portal() + "\" already exists");
        }
        closePortal(bind.portal());
        boolean[] binary = new boolean[expected];
        for (int i = 0; i < expected; i++) {
            binary[i] = isBinary(bind.parameterFormats(), i);
        }
        Portal portal = session.bind(prepared, bind.values(), binary);
        portals.put(bind.portal(), new BoundPortal(portal, bind.resultFormats()));
        reply.bare('2');
    }

    private static void checkFormats(int[] formats, int count, String what, String of) {
        if (formats.length > 1 && formats.length != count) {
            throw new QuorateException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "bind message has " + formats.length + " " + what + " but " + count + " " + of);
        }
    }

    private static boolean isBinary(int[] formats, int position) {
        return switch (formats.length) {
            case 0 -> false;
            case 1 -> formats[0] == 1;
            default -> formats[position] == 1;
        };
    }

    private void describeStatement(String name) {
        Prepared prepared = statement(name);
        reply.parameterDescription(prepared.parameterTypes());
        if (prepared.returnsRows()) {
            reply.rowDescription(prepared.columns(), TEXT);
        } else {
            reply.bare('n');
        }
    }

    private void describePortal(String name) {
        BoundPortal bound = portal(name);
        if (bound.portal().returnsRows()) {
            reply.rowDescription(bound.portal().columns(), bound.resultFormats());
        } else {
            reply.bare('n');
        }
    }

    private Prepared statement(String name) {
        Prepared prepared = statements.get(name);
        if (prepared == null) {
            throw new QuorateException(
                    ErrorCode.INVALID_SQL_STATEMENT_NAME,
                    name.isEmpty()
                            ? "unnamed prepared statement does not exist"
                            : "prepared statement \"" + name + "\" does not exist");
        }
        return prepared;
    }

    private BoundPortal portal(String name) {
        BoundPortal portal = portals.get(name);
        if (portal == null) {
            throw new QuorateException(
                    ErrorCode.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return portal;
    }

    private void closePortal(String name) {
        BoundPortal open = portals.remove(name);
        if (open != null) {
            open.portal().close();
        }
    }

    /// Executes a portal up to `rowsMax` rows, with a description first where the simple protocol
    /// wants one.
    private void run(BoundPortal bound, int rowsMax, boolean describe) {
        Portal portal = bound.portal();
        if (describe) {
            reply.rowDescription(portal.columns(), bound.resultFormats());
        }
        List<io.quorate.sql.api.ResultColumn> columns = portal.columns();
        Outcome outcome =
                portal.execute(
                        rowsMax,
                        values -> {
                            reply.dataRow(columns, bound.resultFormats(), values);
                            if (reply.buffer().length() >= FLUSH_BYTES) {
                                io.send(reply.buffer());
                            }
                        });
        sendNotices();
        switch (outcome) {
            case Outcome.Complete complete -> complete(complete.tag());
            case Outcome.Suspended _ -> reply.bare('s');
            case Outcome.Empty _ -> reply.bare('I');
            case Outcome.CopyIn copy -> complete(new CopyFlow(io, reply).receive(copy.sink()));
            case Outcome.CopyOut copy -> complete(new CopyFlow(io, reply).send(copy.source()));
        }
    }

    private void complete(String tag) {
        sendNotices();
        sendChangedSettings();
        reply.commandComplete(tag);
    }

    private void sync() {
        skipping = false;
        try {
            session.sync();
        } catch (QuorateException error) {
            report(error);
        }
        forgetPortalsOutsideTransaction();
        ready();
    }

    private void ready() {
        sendNotices();
        sendChangedSettings();
        reply.readyForQuery(session.transactionStatus());
        io.send(reply.buffer());
    }

    /// Portals live as long as their transaction.
    private void forgetPortalsOutsideTransaction() {
        if (session.transactionStatus() == TransactionStatus.IDLE && !portals.isEmpty()) {
            portals.values().forEach(bound -> bound.portal().close());
            portals.clear();
        }
    }

    private void report(QuorateException error) {
        session.fail();
        sendNotices();
        if (error.code() == ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN) {
            // Nothing may go on from a transaction whose outcome nobody knows.
            throw error;
        }
        reply.error("ERROR", error);
    }

    /// The parser refuses what is nested too deeply for itself; what comes after it may need more room.
    private static QuorateException tooComplex(StackOverflowError cause) {
        log.warn("a statement is nested too deeply", cause);
        return new QuorateException(ErrorCode.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded")
                .withDetail("The statement nests its expressions or queries too deeply.");
    }

    private void functionCall() {
        report(
                new QuorateException(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "the function call protocol is not supported")
                        .withHint("Call the function in a SELECT."));
        ready();
    }

    private static QuorateException malformed(FrontendMessage.Malformed malformed) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.sqlState().equals(malformed.sqlState())) {
                return new QuorateException(code, malformed.error());
            }
        }
        return new QuorateException(ErrorCode.PROTOCOL_VIOLATION, malformed.error());
    }

    private void sendNotices() {
        for (Notice notice : session.takeNotices()) {
            reply.notice(notice);
        }
    }

    private void sendChangedSettings() {
        for (Map.Entry<String, String> setting : session.reportedSettings().entrySet()) {
            @Nullable String before = reported.put(setting.getKey(), setting.getValue());
            if (!setting.getValue().equals(before)) {
                reply.parameterStatus(setting.getKey(), setting.getValue());
            }
        }
    }
}
