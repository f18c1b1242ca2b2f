package io.quorate.sql.session;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.exec.Execution;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.DataStatement;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import io.quorate.txn.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE TABLE AS and SELECT INTO: a table made for the rows of a query, in one transaction with
/// them.
final class TableCopies {
    private final SqlSession session;
    private final SchemaStatements statements;
    private final TransactionState transactions;

    TableCopies(SqlSession session, SchemaStatements statements, TransactionState transactions) {
        this.session = session;
        this.statements = statements;
        this.transactions = transactions;
    }

    /// `SELECT … INTO t` as the CREATE TABLE AS that it is; any other statement as it is.
    static Statement withoutInto(Statement statement) {
        if (!(statement instanceof Query query)) {
            return statement;
        }
        Query.Into into = intoOf(query);
        return into == null
                ? statement
                : new TableStatement.CreateTableAs(
                        false,
                        into.persistence(),
                        false,
                        into.table(),
                        List.of(),
                        null,
                        List.of(),
                        TableStatement.OnCommit.NONE,
                        null,
                        withoutInto(query),
                        true,
                        query.position());
    }

    /// The INTO of the first SELECT of a query, where the grammar has it.
    private static Query.@Nullable Into intoOf(Query query) {
        return switch (query.body()) {
            case Query.Select select -> select.into();
            case Query.SetOperation operation -> intoOf(operation.left());
            default -> null;
        };
    }

    private static Query withoutInto(Query query) {
        return switch (query.body()) {
            case Query.Select select -> query.withBody(select.withoutInto());
            case Query.SetOperation operation ->
                    query.withBody(
                            new Query.SetOperation(
                                    operation.kind(),
                                    operation.all(),
                                    withoutInto(operation.left()),
                                    operation.right(),
                                    operation.position()));
            default -> query;
        };
    }

    /// Returns the command tag.
    String run(TableStatement.CreateTableAs create) {
        if (create.materializedView()) {
            throw Utilities.unsupported("CREATE MATERIALIZED VIEW", create.position());
        }
        if (!(create.source() instanceof Query query)) {
            throw Utilities.unsupported("CREATE TABLE AS EXECUTE", create.position());
        }
        PhysicalPlan plan = session.plan(query, transactions.schema(), List.of());
        if (!statements.createTable(definition(create, plan.columns()))) {
            return "CREATE TABLE AS";
        }
        return create.withData() ? "SELECT " + insert(create, query) : "CREATE TABLE AS";
    }

    private static TableStatement.CreateTable definition(
            TableStatement.CreateTableAs create, List<OutputColumn> columns) {
        List<Name> names = create.columns();
        if (names.size() > columns.size()) {
            throw new QuorateException(
                    ErrorCode.SYNTAX_ERROR, "too many column names were specified");
        }
        List<TableStatement.TableElement> elements = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            int position = create.position();
            Name name = i < names.size() ? names.get(i) : new Name(column.name(), position);
            SqlType type = column.type().kind() == TypeKind.UNKNOWN ? SqlType.TEXT : column.type();
            if (type.kind() == TypeKind.RECORD || type.kind() == TypeKind.PSEUDO) {
                throw new QuorateException(
                        ErrorCode.INVALID_TABLE_DEFINITION,
                        "column \"" + name.text() + "\" has pseudo-type " + type.format());
            }
            elements.add(
                    new TableStatement.ColumnDefinition(
                            name, Parser.parseType(type.format()), null, List.of(), position));
        }
        return new TableStatement.CreateTable(
                create.persistence(),
                create.ifNotExists(),
                create.name(),
                elements,
                List.of(),
                null,
                null,
                null,
                create.accessMethod(),
                create.storage(),
                create.onCommit(),
                create.tablespace(),
                create.position());
    }

    private long insert(TableStatement.CreateTableAs create, Query query) {
        DataStatement.Insert insert =
                new DataStatement.Insert(
                        null,
                        create.name(),
                        null,
                        List.of(),
                        DataStatement.Overriding.NONE,
                        query,
                        null,
                        List.of(),
                        create.position());
        Schema schema = transactions.schema();
        PhysicalPlan plan = session.plan(insert, schema, List.of());
        Transaction transaction = transactions.changes().transaction();
        try (Execution execution = plan.start(statements.context(schema))) {
            while (execution.next() != null) {
                // An INSERT is carried out by its first step and gives no rows here.
            }
            transaction.endStatement();
            return execution.affectedRows();
        }
    }
}
