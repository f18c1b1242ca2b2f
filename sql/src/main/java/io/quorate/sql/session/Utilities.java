package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.api.Session.Notice;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.RoleStatement;
import io.quorate.sql.parse.ast.SessionStatement;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.parse.ast.TransactionStatement;
import io.quorate.sql.parse.ast.UtilityStatement;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The statements around the ones that read and change rows: each has a method here or in the class
/// named for its family, and a command tag.
final class Utilities {
    private final SqlSession session;

    private final Settings settings;
    private final TransactionState transactions;
    private final SchemaStatements schemaStatements;
    private final CopyStatements copies;
    private final CursorStatements cursors;

    Utilities(
            SqlSession session,
            Services services,
            Settings settings,
            TransactionState transactions,
            Cursors openCursors) {
        this.session = session;

        this.settings = settings;
        this.transactions = transactions;
        schemaStatements = new SchemaStatements(session, services, transactions);
        copies = new CopyStatements(session, services, transactions);
        cursors = new CursorStatements(session, transactions, openCursors);
    }

    /// The statements that a failed transaction still takes.
    static boolean endsFailure(Statement statement) {
        return statement instanceof TransactionStatement.Commit
                || statement instanceof TransactionStatement.Rollback
                || statement instanceof TransactionStatement.RollbackTo;
    }

    /// The columns a statement returns; null for none.
    @Nullable List<OutputColumn> columnsOf(Statement statement) {
        return switch (statement) {
            case SessionStatement.Show show -> showColumns(show.name());
            case UtilityStatement.Explain _ ->
                    List.of(OutputColumn.computed("QUERY PLAN", SqlType.TEXT));
            case UtilityStatement.Execute execute -> columnsOf(named(execute));
            case UtilityStatement.Fetch fetch -> {
                StatementHandle cursor = cursors.statementOf(fetch);
                yield cursor == null ? null : columnsOf(cursor);
            }
            default -> null;
        };
    }

    UtilityResult run(Statement statement) {
        if (!endsFailure(statement)) {
            transactions.requireUsable();
        }
        return switch (statement) {
            case TransactionStatement transaction -> done(transaction(transaction));
            case SessionStatement.Set set -> done(set(set));
            case SessionStatement.Show show -> show(show.name());
            case SessionStatement.Reset reset -> done(reset(reset.name()));
            case SessionStatement.Discard discard -> done(discard(discard));
            case SessionStatement.Listen _,
                    SessionStatement.Notify _,
                    SessionStatement.Unlisten _ ->
                    throw unsupported("LISTEN and NOTIFY", statement.position());
            case SessionStatement.Lock lock -> throw unsupported("LOCK TABLE", lock.position());
            case TableStatement table -> done(schemaStatements.run(table));
            case ObjectStatement object -> done(schemaStatements.run(object));
            case RoleStatement role -> throw unsupported("roles", role.position());
            case UtilityStatement.Copy copy -> copies.run(copy);
            case UtilityStatement.Explain explain -> explain(explain);
            case UtilityStatement.Prepare prepare -> done(prepareNamed(prepare));
            case UtilityStatement.Execute execute -> executeNamed(execute);
            case UtilityStatement.Deallocate deallocate -> done(deallocate(deallocate));
            case UtilityStatement.Vacuum vacuum -> done(vacuum(vacuum));
            case UtilityStatement.Checkpoint _ -> done("CHECKPOINT");
            case UtilityStatement.DeclareCursor declare -> done(cursors.declare(declare));
            case UtilityStatement.Fetch fetch -> cursors.fetch(fetch);
            case UtilityStatement.CloseCursor close -> done(cursors.close(close));
            case UtilityStatement.Rebuild rebuild ->
                    throw unsupported(rebuild.command(), rebuild.position());
            case UtilityStatement.Do code -> throw unsupported("DO", code.position());
            case UtilityStatement.Call call -> throw unsupported("CALL", call.position());
            case Statement.Unsupported other ->
                    throw unsupported(other.command(), other.position());
            case Query query -> throw misplaced(query);
            case DataStatement data -> throw misplaced(data);
        };
    }

    private static IllegalStateException misplaced(Statement statement) {
        return new IllegalStateException("has a plan: " + statement.getClass().getSimpleName());
    }

    private static UtilityResult done(String tag) {
        return new UtilityResult.Done(tag);
    }

    private String transaction(TransactionStatement statement) {
        return switch (statement) {
            case TransactionStatement.Begin begin -> {
                if (!transactions.begin()) {
                    warn("25001", "there is already a transaction in progress");
                }
                applyModes(begin.modes(), "transaction_isolation", "transaction_read_only", true);
                yield begin.start() ? "START TRANSACTION" : "BEGIN";
            }
            case TransactionStatement.Commit commit -> {
                refuseChain(commit.chain(), commit.position());
                if (!transactions.isExplicit()) {
                    warn("25P01", "there is no transaction in progress");
                }
                yield transactions.commit() ? "COMMIT" : "ROLLBACK";
            }
            case TransactionStatement.Rollback rollback -> {
                refuseChain(rollback.chain(), rollback.position());
                if (!transactions.isExplicit()) {
                    warn("25P01", "there is no transaction in progress");
                }
                transactions.rollback();
                yield "ROLLBACK";
            }
            case TransactionStatement.Savepoint savepoint -> {
                requireBlock("SAVEPOINT");
                transactions.savepoint(savepoint.name().text());
                yield "SAVEPOINT";
            }
            case TransactionStatement.Release release -> {
                requireBlock("RELEASE SAVEPOINT");
                transactions.release(release.name().text());
                yield "RELEASE";
            }
            case TransactionStatement.RollbackTo rollback -> {
                requireBlock("ROLLBACK TO SAVEPOINT");
                transactions.rollbackTo(rollback.name().text());
                yield "ROLLBACK";
            }
            case TransactionStatement.SetTransaction set -> {
                setTransaction(set);
                yield "SET";
            }
            case TransactionStatement.SetConstraints _ -> "SET CONSTRAINTS";
            case TransactionStatement.SetSnapshot snapshot ->
                    throw unsupported("SET TRANSACTION SNAPSHOT", snapshot.position());
            case TransactionStatement.TwoPhase twoPhase ->
                    throw unsupported("PREPARE TRANSACTION", twoPhase.position());
        };
    }

    private void setTransaction(TransactionStatement.SetTransaction set) {
        if (set.session()) {
            applyModes(
                    set.modes(),
                    "default_transaction_isolation",
                    "default_transaction_read_only",
                    false);
            return;
        }
        if (!transactions.isExplicit()) {
            warn("25P01", "SET TRANSACTION can only be used in transaction blocks");
            return;
        }
        if (transactions.hasSnapshot() && set.modes().isolation() != null) {
            throw new QuorateException(
                    ErrorCode.ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION ISOLATION LEVEL must be called before any query");
        }
        applyModes(set.modes(), "transaction_isolation", "transaction_read_only", true);
    }

    private void applyModes(
            TransactionStatement.Modes modes,
            String isolationName,
            String readOnlyName,
            boolean local) {
        TransactionStatement.Isolation isolation = modes.isolation();
        if (isolation != null) {
            settings.set(isolationName, isolation.sql(), local);
        }
        Boolean readOnly = modes.readOnly();
        if (readOnly != null) {
            settings.set(readOnlyName, readOnly ? "on" : "off", local);
        }
    }

    private static void refuseChain(boolean chain, int position) {
        if (chain) {
            throw unsupported("AND CHAIN", position);
        }
    }

    private void requireBlock(String what) {
        if (!transactions.isExplicit()) {
            throw new QuorateException(
                    ErrorCode.NO_ACTIVE_SQL_TRANSACTION,
                    what + " can only be used in transaction blocks");
        }
    }

    private String set(SessionStatement.Set set) {
        if (set.name().equals("session_authorization") || set.name().equals("role")) {
            return setRole(set);
        }
        if (set.values().isEmpty()) {
            settings.reset(set.name());
            return "SET";
        }
        if (set.local() && !transactions.isExplicit()) {
            warn("25P01", "SET LOCAL can only be used in transaction blocks");
            return "SET";
        }
        List<String> parts = new ArrayList<>();
        for (SessionStatement.SettingValue value : set.values()) {
            parts.add(
                    switch (value) {
                        case SessionStatement.SettingValue.Text text -> text.text();
                        case SessionStatement.SettingValue.Number number -> number.text();
                        case SessionStatement.SettingValue.Interval interval ->
                                throw unsupported("SET TIME ZONE INTERVAL", interval.position());
                    });
        }
        String name = set.name();
        if (name.equals("transaction_isolation") && transactions.hasSnapshot()) {
            throw new QuorateException(
                    ErrorCode.ACTIVE_SQL_TRANSACTION,
                    "SET TRANSACTION ISOLATION LEVEL must be called before any query");
        }
        settings.set(name, String.join(", ", parts), set.local());
        return "SET";
    }

    /// There is one role; asking for it, or for none, is fine.
    private String setRole(SessionStatement.Set set) {
        for (SessionStatement.SettingValue value : set.values()) {
            if (value instanceof SessionStatement.SettingValue.Text text
                    && !text.text().equals("none")
                    && !text.text().equals(session.user())) {
                throw new QuorateException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "role \"" + text.text() + "\" does not exist");
            }
        }
        return "SET";
    }

    private String reset(String name) {
        if (name.equals("all")) {
            settings.resetAll();
        } else if (!name.equals("role") && !name.equals("session_authorization")) {
            settings.reset(name);
        }
        return "RESET";
    }

    private static List<OutputColumn> showColumns(String name) {
        if (name.equals("all")) {
            return List.of(
                    OutputColumn.computed("name", SqlType.TEXT),
                    OutputColumn.computed("setting", SqlType.TEXT),
                    OutputColumn.computed("description", SqlType.TEXT));
        }
        return List.of(OutputColumn.computed(properName(name), SqlType.TEXT));
    }

    private static String properName(String name) {
        SettingDefinition definition = SettingDefinition.all("").get(name.toLowerCase(Locale.ROOT));
        return definition == null ? name : definition.name();
    }

    private UtilityResult show(String name) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (name.equals("all")) {
            for (SettingDefinition each : settings.all()) {
                rows.add(
                        new Object[] {
                            each.name(), settings.require(each.name(), ""), each.description()
                        });
            }
        } else {
            rows.add(new Object[] {settings.require(transactions.settingInEffect(name), "")});
        }
        return new UtilityResult.Rows(rows, "SHOW");
    }

    private String discard(SessionStatement.Discard discard) {
        switch (discard.kind()) {
            case ALL -> {
                if (transactions.isExplicit()) {
                    throw new QuorateException(
                            ErrorCode.ACTIVE_SQL_TRANSACTION,
                            "DISCARD ALL cannot run inside a transaction block");
                }
                settings.resetAll();
                session.named().clear();
                cursors.close(new UtilityStatement.CloseCursor(null, discard.position()));
            }
            case PLANS, SEQUENCES, TEMP -> {
                // Nothing of the kind outlives a statement.
            }
        }
        return "DISCARD " + discard.kind();
    }

    private UtilityResult explain(UtilityStatement.Explain explain) {
        for (var option : explain.options()) {
            if (!List.of("costs", "verbose").contains(option.name())) {
                throw unsupported("EXPLAIN (" + option.name() + ")", option.position());
            }
        }
        if (!SqlSession.isRowStatement(explain.statement())) {
            throw unsupported("EXPLAIN of this statement", explain.statement().position());
        }
        PhysicalPlan plan = session.plan(explain.statement(), transactions.schema(), List.of());
        List<@Nullable Object[]> rows = new ArrayList<>();
        plan.explain().forEach(line -> rows.add(new Object[] {line}));
        return new UtilityResult.Rows(rows, "EXPLAIN");
    }

    private String prepareNamed(UtilityStatement.Prepare prepare) {
        String name = prepare.name().text();
        if (session.named().containsKey(name)) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_PREPARED_STATEMENT,
                    "prepared statement \"" + name + "\" already exists");
        }
        List<@Nullable SqlType> types = new ArrayList<>();
        prepare.parameterTypes().forEach(type -> types.add(schemaStatements.typeOf(type)));
        session.named().put(name, session.prepare(name, prepare.statement(), types));
        return "PREPARE";
    }

    private static @Nullable List<OutputColumn> columnsOf(StatementHandle handle) {
        if (!handle.returnsRows()) {
            return null;
        }
        List<OutputColumn> columns = new ArrayList<>();
        for (var column : handle.columns()) {
            columns.add(
                    new OutputColumn(
                            column.name(),
                            ((Column) column).type(),
                            column.tableOid(),
                            column.columnNumber()));
        }
        return columns;
    }

    private UtilityResult executeNamed(UtilityStatement.Execute execute) {
        StatementHandle handle = named(execute);
        List<Expression> arguments = execute.arguments();
        if (arguments.size() != handle.parameters().size()) {
            throw new QuorateException(
                            ErrorCode.SYNTAX_ERROR,
                            "wrong number of parameters for prepared statement \""
                                    + execute.name().text()
                                    + "\"")
                    .withDetail(
                            "Expected "
                                    + handle.parameters().size()
                                    + " parameters but got "
                                    + arguments.size()
                                    + ".");
        }
        @Nullable Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = schemaStatements.evaluate(arguments.get(i), handle.parameters().get(i));
        }
        return new UtilityResult.Delegated(session.portal(handle, values));
    }

    private StatementHandle named(UtilityStatement.Execute execute) {
        StatementHandle handle = session.named().get(execute.name().text());
        if (handle == null) {
            throw new QuorateException(
                    ErrorCode.INVALID_SQL_STATEMENT_NAME,
                    "prepared statement \"" + execute.name().text() + "\" does not exist");
        }
        return handle;
    }

    private String deallocate(UtilityStatement.Deallocate deallocate) {
        var name = deallocate.name();
        if (name == null) {
            session.named().clear();
            return "DEALLOCATE ALL";
        }
        if (session.named().remove(name.text()) == null) {
            throw new QuorateException(
                    ErrorCode.INVALID_SQL_STATEMENT_NAME,
                    "prepared statement \"" + name.text() + "\" does not exist");
        }
        return "DEALLOCATE";
    }

    /// VACUUM means nothing here, and ANALYZE nothing yet: the tables are looked up, then it is said.
    private String vacuum(UtilityStatement.Vacuum vacuum) {
        String word = vacuum.vacuum() ? "VACUUM" : "ANALYZE";
        Schema schema = transactions.schema();
        for (UtilityStatement.VacuumTarget target : vacuum.targets()) {
            schemaStatements.requireRelation(target.table(), schema);
        }
        notice("NOTICE", "00000", word + " has no effect");
        return word;
    }

    private void warn(String sqlState, String message) {
        notice("WARNING", sqlState, message);
    }

    private void notice(String severity, String sqlState, String message) {
        session.notice(new Notice(severity, sqlState, message, null, null));
    }

    static QuorateException unsupported(String what, int position) {
        return new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported yet")
                .withPosition(position);
    }
}
