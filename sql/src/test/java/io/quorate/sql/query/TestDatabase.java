package io.quorate.sql.query;

import io.quorate.common.env.RandomSource;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.BoundStatement;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.bind.BindContext;
import io.quorate.sql.bind.Binder;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.exec.Execution;
import io.quorate.sql.exec.ExecutionContext;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.function.CallContext;
import io.quorate.sql.function.CatalogLookup;
import io.quorate.sql.function.Functions;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.plan.Planner;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.TypeText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One session over one [MemoryTransaction], answering in text.
final class TestDatabase {
    static final Functions FUNCTIONS = Functions.builtin();

    private final MemoryTransaction transaction = new MemoryTransaction();
    private final List<TableDescriptor> tables = new ArrayList<>();
    private final Planner planner = new Planner();
    private int hiddenRows;

    private static final Schema.SystemViews NO_VIEWS =
            new Schema.SystemViews() {
                @Override
                public @Nullable SystemView find(String schema, String name) {
                    return null;
                }

                @Override
                public Collection<SystemView> all() {
                    return List.of();
                }
            };

    /// A line of [TestTables].
    void define(String line) {
        tables.add(TestTables.parse(line, 1000 + 100L * tables.size()));
    }

    private Schema schema() {
        return new Schema(1, SchemaObjects.of(tables, List.of()), NO_VIEWS);
    }

    BoundStatement bind(String sql) {
        return new Binder(FUNCTIONS)
                .bind(
                        Parser.parseStatement(sql),
                        new BindContext(schema(), List.of("public"), SessionFormat.DEFAULT),
                        List.of());
    }

    List<String> explain(String sql) {
        return planner.plan(bind(sql)).explain();
    }

    /// The names of the columns and the rows, the number of rows changed, or the error. Rows of a query
    /// without ORDER BY are sorted by their text.
    String run(String sql) {
        try {
            return answer(sql);
        } catch (QuorateException error) {
            transaction.restartStatement();
            return "ERROR "
                    + error.code().sqlState()
                    + ": "
                    + error.message()
                    + (error.detail() == null ? "" : "\nDETAIL: " + error.detail());
        }
    }

    private String answer(String sql) {
        transaction.beginStatement();
        BoundStatement bound = bind(sql);
        PhysicalPlan plan = planner.plan(bound);
        List<String> lines = new ArrayList<>();
        try (Execution execution = plan.start(context())) {
            for (@Nullable Object[] row = execution.next(); row != null; row = execution.next()) {
                lines.add(text(row, plan.columns()));
            }
            if (!plan.returnsRows()) {
                return plan.kind() + " " + execution.affectedRows();
            }
        }
        if (!sql.toLowerCase(Locale.ROOT).contains("order by")) {
            Collections.sort(lines);
        }
        lines.addFirst(String.join("|", plan.columns().stream().map(OutputColumn::name).toList()));
        return String.join("\n", lines);
    }

    private static String text(@Nullable Object[] row, List<OutputColumn> columns) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            values.add(
                    value == null
                            ? "NULL"
                            : TypeText.encode(columns.get(i).type(), value, SessionFormat.DEFAULT));
        }
        return String.join("|", values);
    }

    private ExecutionContext context() {
        return new ExecutionContext(
                transaction,
                new Object[0],
                new TestCalls(),
                new SystemView.SystemContext(schema(), "quorate", "quorate", List::of),
                () -> hiddenRows++,
                () -> false,
                100_000);
    }

    /// A session in which time stands still.
    private static final class TestCalls implements CallContext, CatalogLookup, RandomSource {
        private long seed = 1;

        @Override
        public long transactionMicros() {
            return 0;
        }

        @Override
        public long statementMicros() {
            return 0;
        }

        @Override
        public long clockMicros() {
            return 0;
        }

        @Override
        public void sleep(long micros) {}

        @Override
        public SessionFormat format() {
            return SessionFormat.DEFAULT;
        }

        @Override
        public RandomSource random() {
            return this;
        }

        @Override
        public @Nullable String setting(String name) {
            return null;
        }

        @Override
        public void changeSetting(String name, String value, boolean local) {
            throw new UnsupportedOperationException(name);
        }

        @Override
        public String currentDatabase() {
            return "quorate";
        }

        @Override
        public String currentUser() {
            return "quorate";
        }

        @Override
        public String sessionUser() {
            return "quorate";
        }

        @Override
        public List<String> searchPath(boolean implicit) {
            return List.of("public");
        }

        @Override
        public int backendPid() {
            return 1;
        }

        @Override
        public CatalogLookup catalog() {
            return this;
        }

        @Override
        public io.quorate.sql.type.@Nullable SqlType typeByOid(int oid) {
            return null;
        }

        @Override
        public String currentSchema() {
            return "public";
        }

        @Override
        public long nextSequenceValue(long sequenceOid) {
            throw new UnsupportedOperationException("no sequences here");
        }

        @Override
        public long currentSequenceValue(long sequenceOid) {
            throw new UnsupportedOperationException("no sequences here");
        }

        @Override
        public void setSequenceValue(long sequenceOid, long value, boolean called) {
            throw new UnsupportedOperationException("no sequences here");
        }

        @Override
        public long lastSequenceValue() {
            throw new UnsupportedOperationException("no sequences here");
        }

        @Override
        public @Nullable Object describe(String function, @Nullable Object[] arguments) {
            return null;
        }

        @Override
        public long nextLong() {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            return seed;
        }

        @Override
        public int nextInt(int bound) {
            return Math.floorMod(nextLong() >>> 16, bound);
        }

        @Override
        public double nextDouble() {
            return (nextLong() >>> 11) * 0x1.0p-53;
        }

        @Override
        public void nextSecret(byte[] target) {
            throw new UnsupportedOperationException("no secrets here");
        }
    }
}
