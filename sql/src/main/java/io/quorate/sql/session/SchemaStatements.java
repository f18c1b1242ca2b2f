package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.api.Session.Notice;
import io.quorate.sql.bind.BindContext;
import io.quorate.sql.bind.Binder.BoundView;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.ddl.DdlExecutor;
import io.quorate.sql.ddl.DdlSession;
import io.quorate.sql.ddl.SchemaTransaction;
import io.quorate.sql.exec.Execution;
import io.quorate.sql.exec.ExecutionContext;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.print.AstPrinter;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements that change the schema, as this session runs them. Outside a transaction block each
/// commits at once.
final class SchemaStatements implements DdlSession {
    private final SqlSession session;
    private final Services services;
    private final TransactionState transactions;

    SchemaStatements(SqlSession session, Services services, TransactionState transactions) {
        this.session = session;
        this.services = services;
        this.transactions = transactions;
    }

    /// Returns the command tag.
    String run(TableStatement statement) {
        DdlExecutor ddl = services.ddl();
        return switch (statement) {
            case TableStatement.CreateTable create -> {
                createTable(create);
                yield "CREATE TABLE";
            }
            case TableStatement.CreateIndex create -> {
                ddl.createIndex(create, this);
                yield "CREATE INDEX";
            }
            case TableStatement.AlterTable alter -> {
                ddl.alterTable(alter, this);
                yield "ALTER " + alter.kind().sql();
            }
            case TableStatement.CreateTableAs create ->
                    new TableCopies(session, this, transactions).run(create);
        };
    }

    /// False where IF NOT EXISTS found one.
    boolean createTable(TableStatement.CreateTable create) {
        return services.ddl().createTable(create, this);
    }

    String run(ObjectStatement statement) {
        DdlExecutor ddl = services.ddl();
        return switch (statement) {
            case ObjectStatement.Drop drop -> {
                ddl.drop(drop, this);
                yield "DROP " + drop.kind().sql();
            }
            case ObjectStatement.Truncate truncate -> {
                ddl.truncate(truncate, this);
                yield "TRUNCATE TABLE";
            }
            case ObjectStatement.CreateSequence create -> {
                ddl.createSequence(create, this);
                yield "CREATE SEQUENCE";
            }
            case ObjectStatement.CommentOn comment -> {
                ddl.comment(comment, this);
                yield "COMMENT";
            }
            case ObjectStatement.CreateView create -> {
                ddl.createView(create, this);
                yield "CREATE VIEW";
            }
            case ObjectStatement.RefreshMaterializedView _,
                    ObjectStatement.AlterSequence _,
                    ObjectStatement.CreateSchema _,
                    ObjectStatement.CreateDatabase _,
                    ObjectStatement.DropDatabase _,
                    ObjectStatement.CreateEnum _,
                    ObjectStatement.CreateComposite _,
                    ObjectStatement.AddEnumValue _,
                    ObjectStatement.RenameEnumValue _,
                    ObjectStatement.CreateDomain _,
                    ObjectStatement.AlterDomain _,
                    ObjectStatement.AlterObject _,
                    ObjectStatement.CreateExtension _ ->
                    throw Utilities.unsupported(nameOf(statement), statement.position());
        };
    }

    @Override
    public SchemaTransaction changes() {
        return transactions.changes();
    }

    @Override
    public List<String> searchPath() {
        return session.searchPath();
    }

    @Override
    public String creationSchema() {
        List<String> path = session.searchPath();
        if (path.isEmpty()) {
            throw new QuorateException(
                    ErrorCode.INVALID_SCHEMA_NAME, "no schema has been selected to create in");
        }
        return path.getFirst();
    }

    @Override
    public @Nullable Object evaluate(Expression expression, SqlType type) {
        String sql =
                "SELECT CAST(" + AstPrinter.expression(expression) + " AS " + type.format() + ")";
        @Nullable Object[] row = firstRow(sql);
        return row == null ? null : row[0];
    }

    @Override
    public @Nullable Object @Nullable [] firstRow(String sql) {
        Schema schema = transactions.schema();
        PhysicalPlan plan = session.plan(Parser.parseStatement(sql), schema, List.of());
        try (Execution execution = plan.start(context(schema))) {
            return execution.next();
        }
    }

    @Override
    public void checkDefault(ColumnDescriptor column, Expression expression) {
        BindContext context = new BindContext(changes().known(), searchPath(), session.format());
        services.binder().bindDefault(expression, column, context);
    }

    @Override
    public boolean isConstant(Expression expression) {
        return expression instanceof Expression.NumberLiteral
                || expression instanceof Expression.StringLiteral
                || expression instanceof Expression.BooleanLiteral
                || expression instanceof Expression.NullLiteral
                || (expression instanceof Expression.Cast cast && isConstant(cast.operand()))
                || (expression instanceof Expression.UnaryOperator unary
                        && isConstant(unary.operand()))
                || (expression instanceof Expression.BinaryOperator binary
                        && isConstant(binary.left())
                        && isConstant(binary.right()));
    }

    @Override
    public void checkCondition(TableDescriptor table, Expression expression) {
        String name = Identifiers.quote(table.schema()) + "." + Identifiers.quote(table.name());
        String sql = "SELECT 1 FROM " + name + " WHERE " + AstPrinter.expression(expression);
        session.plan(Parser.parseStatement(sql), changes().known(), List.of());
    }

    @Override
    public BoundView bindView(Query query, List<String> searchPath, Schema schema) {
        return services.binder()
                .bindView(query, new BindContext(schema, searchPath, session.format()));
    }

    @Override
    public Schema picture(SchemaObjects objects) {
        return services.schemas().store().picture(changes().known().version(), objects);
    }

    @Override
    public SessionFormat format() {
        return session.format();
    }

    @Override
    public void notice(String sqlState, String message, @Nullable String detail) {
        session.notice(new Notice("NOTICE", sqlState, message, detail, null));
    }

    SqlType typeOf(TypeName written) {
        return DdlExecutor.typeOf(written);
    }

    Relation requireRelation(QualifiedName name, Schema schema) {
        List<String> qualifier = name.qualifier();
        Relation found =
                schema.find(
                        qualifier.isEmpty() ? null : qualifier.getLast(),
                        name.last(),
                        session.searchPath());
        if (found == null) {
            throw new QuorateException(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + String.join(".", name.parts()) + "\" does not exist")
                    .withPosition(name.position());
        }
        return found;
    }

    ExecutionContext context(Schema schema) {
        return new ExecutionContext(
                transactions.forStatement(schema),
                new Object[0],
                session.calls(),
                session.systemContext(schema),
                transactions::nextHiddenRow,
                session::isCancelled,
                services.heldRowsMax());
    }

    private static String nameOf(ObjectStatement statement) {
        StringBuilder words = new StringBuilder();
        for (char c : statement.getClass().getSimpleName().toCharArray()) {
            words.append(Character.isUpperCase(c) && !words.isEmpty() ? " " : "")
                    .append(Character.toUpperCase(c));
        }
        return words.toString();
    }
}
