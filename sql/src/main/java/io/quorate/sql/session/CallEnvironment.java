package io.quorate.sql.session;

import io.quorate.common.env.Clock;
import io.quorate.common.env.RandomSource;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.function.CallContext;
import io.quorate.sql.function.CatalogLookup;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What functions see of the session while a statement runs.
final class CallEnvironment implements CallContext, CatalogLookup {
    private static final long MICROS_PER_MILLI = 1000;
    private static final long CANCEL_CHECK_NANOS = 10_000_000;

    /// 2000-01-01 in milliseconds since 1970.
    private static final long EPOCH_MILLIS = 946_684_800_000L;

    private final SqlSession session;
    private final Services services;
    private final Settings settings;
    private final Map<Long, Long> drawn = new TreeMap<>();
    private long lastDrawn;
    private long transactionMicros;
    private long statementMicros;
    private Schema schema;

    CallEnvironment(SqlSession session, Services services, Settings settings, Schema schema) {
        this.session = session;
        this.services = services;
        this.settings = settings;
        this.schema = schema;
    }

    /// A statement begins, bound against `bound`; with it a transaction if there was none.
    void beginStatement(Schema bound, boolean beginsTransaction) {
        schema = bound;
        statementMicros = clockMicros();
        if (beginsTransaction) {
            transactionMicros = statementMicros;
        }
    }

    @Override
    public long transactionMicros() {
        return transactionMicros;
    }

    @Override
    public long statementMicros() {
        return statementMicros;
    }

    @Override
    public long clockMicros() {
        return (services.env().clock().wallMillis() - EPOCH_MILLIS) * MICROS_PER_MILLI;
    }

    @Override
    public void sleep(long micros) {
        Clock clock = services.env().clock();
        long start = clock.nanos();
        long totalNanos = micros > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : micros * 1000;
        for (long passed = 0; passed < totalNanos; passed = clock.nanos() - start) {
            session.checkCancelled();
            long left = totalNanos - passed;
            services.env().tasks().sleepNanos(Math.min(left, CANCEL_CHECK_NANOS));
        }
    }

    @Override
    public SessionFormat format() {
        return session.format();
    }

    @Override
    public RandomSource random() {
        return services.env().random();
    }

    @Override
    public @Nullable String setting(String name) {
        return session.shown(name);
    }

    @Override
    public void changeSetting(String name, String value, boolean local) {
        settings.set(name, value, local);
    }

    @Override
    public String currentDatabase() {
        return services.database();
    }

    @Override
    public String currentUser() {
        return session.user();
    }

    @Override
    public String sessionUser() {
        return session.user();
    }

    @Override
    public List<String> searchPath(boolean implicit) {
        List<String> path = new ArrayList<>(session.searchPath());
        if (implicit && !path.contains(Schema.PG_CATALOG)) {
            path.addFirst(Schema.PG_CATALOG);
        }
        return path;
    }

    @Override
    public int backendPid() {
        return session.processId();
    }

    @Override
    public CatalogLookup catalog() {
        return this;
    }

    @Override
    public @Nullable SqlType typeByOid(int oid) {
        return Types.byOid(oid);
    }

    @Override
    public @Nullable String currentSchema() {
        List<String> path = session.searchPath();
        return path.isEmpty() ? null : path.getFirst();
    }

    @Override
    public long nextSequenceValue(long sequenceOid) {
        long value = services.sequences().next(sequence(sequenceOid));
        drawn.put(sequenceOid, value);
        lastDrawn = sequenceOid;
        return value;
    }

    @Override
    public long currentSequenceValue(long sequenceOid) {
        Long value = drawn.get(sequenceOid);
        if (value == null) {
            throw new QuorateException(
                    ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "currval of sequence \""
                            + sequence(sequenceOid).name()
                            + "\" is not yet defined in this session");
        }
        return value;
    }

    @Override
    public void setSequenceValue(long sequenceOid, long value, boolean called) {
        services.sequences().set(sequence(sequenceOid), value, called);
        if (called) {
            drawn.put(sequenceOid, value);
        }
    }

    @Override
    public long lastSequenceValue() {
        if (lastDrawn == 0) {
            throw new QuorateException(
                    ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "lastval is not yet defined in this session");
        }
        return currentSequenceValue(lastDrawn);
    }

    @Override
    public @Nullable Object describe(String function, @Nullable Object[] arguments) {
        if (function.equals("quorate_txn_status")) {
            return outcomeOf(String.valueOf(arguments[0]));
        }
        return services.catalogFunctions().call(function, arguments, schema, session.searchPath());
    }

    /// What became of a transaction whose commit ended in 08007.
    private String outcomeOf(String token) {
        return switch (services.transactions().outcome(token)) {
            case COMMITTED -> "committed";
            case ABORTED -> "aborted";
            case IN_PROGRESS -> "in progress";
        };
    }

    private SequenceDescriptor sequence(long oid) {
        SequenceDescriptor sequence = schema.sequence(oid);
        if (sequence == null) {
            throw new QuorateException(
                    ErrorCode.WRONG_OBJECT_TYPE, "the object " + oid + " is not a sequence");
        }
        return sequence;
    }
}
