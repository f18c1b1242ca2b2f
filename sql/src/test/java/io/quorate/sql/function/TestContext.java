package io.quorate.sql.function;

import io.quorate.common.env.RandomSource;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.Types;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A session that stands still at 2024-02-29 12:34:56.789 UTC.
final class TestContext implements CallContext, CatalogLookup {
    private static final long NOW = 762_525_296_789_000L;

    private final Map<String, String> settings = new TreeMap<>(Map.of("search_path", "public"));

    @Override
    public long transactionMicros() {
        return NOW;
    }

    @Override
    public long statementMicros() {
        return NOW + 1;
    }

    @Override
    public long clockMicros() {
        return NOW + 2;
    }

    @Override
    public void sleep(long micros) {}

    @Override
    public SessionFormat format() {
        return SessionFormat.DEFAULT.withTransactionMicros(NOW);
    }

    @Override
    public RandomSource random() {
        return new RandomSource() {
            @Override
            public long nextLong() {
                return 0x0123456789abcdefL;
            }

            @Override
            public int nextInt(int bound) {
                return 0;
            }

            @Override
            public double nextDouble() {
                return 0.5;
            }

            @Override
            public void nextSecret(byte[] target) {
                target[0] = 1;
            }
        };
    }

    @Override
    public @Nullable String setting(String name) {
        return settings.get(name);
    }

    @Override
    public void changeSetting(String name, String value, boolean local) {
        settings.put(name, value);
    }

    @Override
    public String currentDatabase() {
        return "quorate";
    }

    @Override
    public String currentUser() {
        return "alice";
    }

    @Override
    public String sessionUser() {
        return "alice";
    }

    @Override
    public List<String> searchPath(boolean implicit) {
        return implicit ? List.of("pg_catalog", "public") : List.of("public");
    }

    @Override
    public int backendPid() {
        return 42;
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
        return "public";
    }

    @Override
    public long nextSequenceValue(long sequenceOid) {
        return sequenceOid + 1;
    }

    @Override
    public long currentSequenceValue(long sequenceOid) {
        return sequenceOid;
    }

    @Override
    public void setSequenceValue(long sequenceOid, long value, boolean called) {}

    @Override
    public long lastSequenceValue() {
        return 7;
    }

    @Override
    public @Nullable Object describe(String function, @Nullable Object[] arguments) {
        return null;
    }
}
