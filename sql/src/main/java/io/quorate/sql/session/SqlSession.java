package io.quorate.sql.session;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.api.Portal;
import io.quorate.sql.api.Prepared;
import io.quorate.sql.api.Session;
import io.quorate.sql.bind.BindContext;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SystemView.SystemContext;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.parse.ParsedStatement;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeBinary;
import io.quorate.sql.type.TypeText;
import io.quorate.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A session on this node.
public final class SqlSession implements Session {
    private final Services services;
    private final String user;
    private final int processId;
    private final Runnable onClose;
    private final Settings settings;
    private final DerivedSettings derived;
    private final TransactionState transactions;
    private final CallEnvironment calls;
    private final Utilities utilities;
    private final Map<String, StatementHandle> named = new TreeMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private boolean syncExpected;
    private volatile boolean cancelled;
    // Of the running statement; 0 for no limit.
    private long timeoutNanos;
    private long startedNanos;
    private volatile boolean running;

    public SqlSession(
            Services services,
            String user,
            int processId,
            Map<String, String> startSettings,
            Runnable onClose) {
        this.services = services;
        this.user = user;
        this.processId = processId;
        this.onClose = onClose;
        settings = new Settings(SettingDefinition.all(user));
        startSettings.forEach(settings::start);
        derived = new DerivedSettings(settings, services.catalogFunctions());
        Cursors cursors = new Cursors();
        transactions =
                new TransactionState(
                        services.transactions(),
                        services.schemas(),
                        settings,
                        cursors,
                        this::checkCancelled);
        calls = new CallEnvironment(this, services, settings, services.schemas().schema());
        utilities = new Utilities(this, services, settings, transactions, cursors);
    }

    @Override
    public int processId() {
        return processId;
    }

    @Override
    public Map<String, String> reportedSettings() {
        return settings.reported();
    }

    @Override
    public List<ScriptStatement> parseScript(String sql) {
        List<ScriptStatement> script = new ArrayList<>();
        for (ParsedStatement parsed : Parser.parseScript(sql)) {
            script.add(new Parsed(parsed.text(), TableCopies.withoutInto(parsed.statement())));
        }
        return script;
    }

    private record Parsed(String text, Statement statement) implements ScriptStatement {}

    @Override
    public Prepared prepare(String sql, int[] parameterTypes) {
        List<ParsedStatement> script = Parser.parseScript(sql);
        if (script.isEmpty()) {
            return StatementHandle.empty();
        }
        if (script.size() > 1) {
            throw new QuorateException(
                    ErrorCode.SYNTAX_ERROR,
                    "cannot insert multiple commands into a prepared statement");
        }
        return prepare(
                sql,
                TableCopies.withoutInto(script.getFirst().statement()),
                typesOf(parameterTypes));
    }

    @Override
    public Prepared prepare(ScriptStatement statement) {
        if (!(statement instanceof Parsed parsed)) {
            throw new IllegalArgumentException("a statement of another session");
        }
        return prepare(parsed.text(), parsed.statement(), List.of());
    }

    StatementHandle prepare(
            String text, Statement statement, List<@Nullable SqlType> declaredTypes) {
        if (!Utilities.endsFailure(statement)) {
            transactions.requireUsable();
        }
        if (isRowStatement(statement)) {
            Schema schema = transactions.schema();
            PhysicalPlan plan = plan(statement, schema, declaredTypes);
            StatementHandle handle =
                    StatementHandle.ofRows(this, statement, text, declaredTypes, plan);
            handle.planned(plan, schema, searchPath());
            return handle;
        }
        return StatementHandle.ofUtility(this, statement, text, utilities.columnsOf(statement));
    }

    @Override
    public Portal bind(Prepared prepared, List<@Nullable ByteSlice> values, boolean[] binary) {
        StatementHandle handle = (StatementHandle) prepared;
        if (!handle.isEmpty() && !Utilities.endsFailure(present(handle))) {
            transactions.requireUsable();
        }
        @Nullable Object[] parameters = new Object[values.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = decode(handle.parameters().get(i), values.get(i), binary[i], i + 1);
        }
        return portal(handle, parameters);
    }

    /// A portal over decoded parameters.
    Portal portal(StatementHandle handle, @Nullable Object[] parameters) {
        if (handle.isEmpty()) {
            return new EmptyPortal();
        }
        return handle.hasPlan()
                ? new RowPortal(this, services, transactions, calls, handle, parameters)
                : new UtilityPortal(this, utilities, handle);
    }

    @Override
    public void expectSync() {
        syncExpected = true;
    }

    @Override
    public void sync() {
        syncExpected = false;
        running = false;
        if (!transactions.isExplicit()) {
            transactions.commit();
        }
    }

    @Override
    public void fail() {
        syncExpected = false;
        running = false;
        transactions.fail();
    }

    @Override
    public TransactionStatus transactionStatus() {
        return transactions.status();
    }

    @Override
    public void cancel() {
        if (running) {
            cancelled = true;
        }
    }

    @Override
    public List<Notice> takeNotices() {
        if (notices.isEmpty()) {
            return List.of();
        }
        List<Notice> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    @Override
    public void close() {
        transactions.rollback();
        onClose.run();
    }

    public String user() {
        return user;
    }

    /// What system views see of this session.
    SystemContext systemContext(Schema schema) {
        return new SystemContext(schema, services.database(), user, settings::listed);
    }

    /// A setting as SHOW sees it; null where there is no such setting.
    @Nullable String shown(String name) {
        return settings.get(transactions.settingInEffect(name));
    }

    /// Whether the running statement may commit by itself. Asked once per statement.
    boolean takeSyncExpected() {
        boolean expected = syncExpected;
        syncExpected = false;
        return expected;
    }

    /// Whether the running statement was cancelled. Throws QUERY_CANCELED itself where
    /// `statement_timeout` has passed.
    boolean isCancelled() {
        if (timeoutNanos > 0 && services.env().clock().nanos() - startedNanos >= timeoutNanos) {
            throw new QuorateException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to statement timeout");
        }
        return cancelled;
    }

    void checkCancelled() {
        if (isCancelled()) {
            throw new QuorateException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
        }
    }

    void beginRunning() {
        String timeout = Check.present(settings.get("statement_timeout"), "a known setting");
        timeoutNanos = SettingDefinition.toMillis(timeout) * 1_000_000;
        startedNanos = timeoutNanos > 0 ? services.env().clock().nanos() : 0;
        cancelled = false;
        running = true;
    }

    void endRunning() {
        running = false;
    }

    void notice(Notice notice) {
        notices.add(notice);
    }

    Map<String, StatementHandle> named() {
        return named;
    }

    CallEnvironment calls() {
        return calls;
    }

    /// The plan to run now: the handle's own if the schema is still the one it was made for.
    PhysicalPlan planOf(StatementHandle handle, Schema schema) {
        PhysicalPlan known = handle.planFor(schema, searchPath());
        if (known != null) {
            return known;
        }
        PhysicalPlan plan = plan(present(handle), schema, declaredOf(handle));
        if (!handle.hasColumns(plan.columns())) {
            throw new QuorateException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
        }
        handle.planned(plan, schema, searchPath());
        return plan;
    }

    PhysicalPlan plan(Statement statement, Schema schema, List<@Nullable SqlType> declaredTypes) {
        BindContext context = new BindContext(schema, searchPath(), format());
        return services.planner().plan(services.binder().bind(statement, context, declaredTypes));
    }

    /// How values are read and shown now.
    SessionFormat format() {
        return derived.format(transactions.schema(), calls == null ? 0 : calls.transactionMicros());
    }

    /// The schemas of `search_path`, `"$user"` left out where there is none of that name.
    List<String> searchPath() {
        return derived.searchPath();
    }

    static boolean isRowStatement(Statement statement) {
        return statement instanceof Query || statement instanceof DataStatement;
    }

    private static Statement present(StatementHandle handle) {
        Statement statement = handle.statement();
        if (statement == null) {
            throw new IllegalArgumentException("the empty statement has no tree");
        }
        return statement;
    }

    /// Types that were inferred once stay, so that bound values keep their meaning.
    private static List<@Nullable SqlType> declaredOf(StatementHandle handle) {
        return handle.parameters().isEmpty()
                ? handle.declaredTypes()
                : new ArrayList<>(handle.parameters());
    }

    private static List<@Nullable SqlType> typesOf(int[] oids) {
        List<@Nullable SqlType> types = new ArrayList<>();
        for (int oid : oids) {
            SqlType type = oid == 0 ? null : Types.byOid(oid);
            if (oid != 0 && type == null) {
                throw new QuorateException(
                        ErrorCode.UNDEFINED_OBJECT, "type with OID " + oid + " does not exist");
            }
            types.add(type == null || type.oid() == SqlType.UNKNOWN.oid() ? null : type);
        }
        return types;
    }

    private @Nullable Object decode(
            SqlType type, @Nullable ByteSlice value, boolean isBinary, int number) {
        if (value == null) {
            return null;
        }
        if (isBinary) {
            return TypeBinary.decode(type, value);
        }
        String text = value.toUtf8();
        if (text.indexOf('\0') >= 0) {
            throw new QuorateException(
                            ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                            "invalid byte sequence for encoding \"UTF8\": 0x00")
                    .withDetail("It is in parameter $" + number + ".");
        }
        return TypeText.decode(type, text, format());
    }
}
