package io.quorate.pgwire;

import io.quorate.common.check.InvariantBroken;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.env.Env;
import io.quorate.common.env.Promise;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.pgwire.codec.ReplyWriter;
import io.quorate.pgwire.message.FrontendMessage;
import io.quorate.sql.api.Session;
import io.quorate.sql.api.SqlEngine;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client: opening, then messages until the end. Runs on a virtual thread of its own.
final class PgConnection {
    private static final Logger log = LoggerFactory.getLogger(PgConnection.class);
    private static final Set<String> NOT_SETTINGS =
            Set.of("user", "database", "options", "replication");

    private final Env env;
    private final SqlEngine engine;
    private final CancelKeys cancelKeys;
    private final ConnectionIo io;
    private final ReplyWriter reply = new ReplyWriter(new ByteWriter(8192));
    private final Promise<Boolean> ended = new Promise<>();
    private volatile boolean shuttingDown;
    private volatile @Nullable Session current;

    PgConnection(Env env, SqlEngine engine, CancelKeys cancelKeys, ConnectionIo io) {
        this.env = env;
        this.engine = engine;
        this.cancelKeys = cancelKeys;
        this.io = io;
    }

    void start(Runnable onEnd) {
        env.tasks()
                .start(
                        "pg-" + io.remoteAddress(),
                        () -> {
                            try {
                                run();
                            } catch (InvariantBroken broken) {
                                breakDown(broken);
                                throw broken;
                            } catch (RuntimeException | Error unexpected) {
                                breakDown(unexpected);
                            } finally {
                                io.close();
                                onEnd.run();
                                ended.complete(true);
                            }
                        });
    }

    /// Ends the connection from outside: the client gets 57P01.
    void shutDown() {
        shuttingDown = true;
        Session session = current;
        if (session != null) {
            session.cancel();
        }
        io.post(new FrontendMessage.Gone());
    }

    /// Waits for the end, but not for ever: a session may wait for a node that is gone.
    void awaitEnd(long timeoutNanos) {
        if (ended.await(env, Math.max(0, timeoutNanos)) == null) {
            log.warn("connection does not end remote={}", io.remoteAddress());
        }
    }

    private void run() {
        FrontendMessage first = io.next();
        while (first instanceof FrontendMessage.EncryptionRequest) {
            io.sendByte('N');
            first = io.next();
        }
        switch (first) {
            case FrontendMessage.CancelRequest cancel ->
                    cancelKeys.cancel(cancel.processId(), cancel.secret());
            case FrontendMessage.Startup startup -> converse(startup);
            case FrontendMessage.Broken broken -> breakOff(broken);
            default -> {
                // Gone before it said anything.
            }
        }
    }

    private void converse(FrontendMessage.Startup startup) {
        Session session = openSession(startup);
        if (session == null) {
            io.send(reply.buffer());
            return;
        }
        current = session;
        byte[] secret = new byte[4];
        env.random().nextSecret(secret);
        cancelKeys.register(session, secret);
        try {
            Map<String, String> reported = greet(startup, session, secret);
            serve(session, reported);
        } finally {
            cancelKeys.remove(session);
            session.close();
        }
    }

    private @Nullable Session openSession(FrontendMessage.Startup startup) {
        String user = startup.parameters().getOrDefault("user", "");
        if (user.isEmpty()) {
            reply.fatal(
                    ErrorCode.INVALID_AUTHORIZATION_SPECIFICATION,
                    "no PostgreSQL user name specified in startup packet");
            return null;
        }
        String database = startup.parameters().getOrDefault("database", user);
        Map<String, String> settings = new LinkedHashMap<>();
        startup.parameters()
                .forEach((name, value) -> {
                    if (!NOT_SETTINGS.contains(name) && !name.startsWith("_pq_.")) {
                        settings.put(name, value);
                    }
                });
        try {
            settings.putAll(StartupOptions.parse(startup.parameters().get("options")));
            return engine.open(user, database, settings);
        } catch (QuorateException refused) {
            reply.error("FATAL", refused);
            return null;
        }
    }

    private Map<String, String> greet(
            FrontendMessage.Startup startup, Session session, byte[] secret) {
        List<String> unknown =
                startup.parameters().keySet().stream().filter(n -> n.startsWith("_pq_.")).toList();
        if (startup.minor() > 0 || !unknown.isEmpty()) {
            reply.negotiateProtocol(unknown);
        }
        reply.authenticationOk();
        Map<String, String> reported = new TreeMap<>(session.reportedSettings());
        reported.forEach(reply::parameterStatus);
        reply.backendKeyData(session.processId(), ByteBuffer.wrap(secret).getInt());
        reply.readyForQuery(session.transactionStatus());
        io.send(reply.buffer());
        return reported;
    }

    private void serve(Session session, Map<String, String> reported) {
        Conversation conversation = new Conversation(session, io, reply, reported);
        boolean open = true;
        while (open) {
            FrontendMessage message = io.next();
            if (shuttingDown) {
                reply.fatal(
                        ErrorCode.ADMIN_SHUTDOWN,
                        "terminating connection due to administrator command");
                io.send(reply.buffer());
                return;
            }
            try {
                open = conversation.take(message);
            } catch (QuorateException fatal) {
                reply.error("FATAL", fatal);
                io.send(reply.buffer());
                open = false;
            }
        }
    }

    /// After a mistake of ours the session is in no known state, so the connection ends; the client is
    /// told why. A broken invariant ends the node as well.
    private void breakDown(Throwable unexpected) {
        log.error("connection failed remote={}", io.remoteAddress(), unexpected);
        reply.fatal(ErrorCode.INTERNAL_ERROR, "internal error: " + unexpected);
        io.send(reply.buffer());
    }

    private void breakOff(FrontendMessage.Broken broken) {
        String error = broken.error();
        if (error != null) {
            reply.fatal(ErrorCode.FEATURE_NOT_SUPPORTED, error);
            io.send(reply.buffer());
        }
    }
}
