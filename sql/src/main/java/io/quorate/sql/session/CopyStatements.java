package io.quorate.sql.session;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.api.CopyInSink;
import io.quorate.sql.api.CopyOutSource;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.copy.CopyDecoder;
import io.quorate.sql.copy.CopyEncoder;
import io.quorate.sql.copy.CopyOptions;
import io.quorate.sql.exec.Execution;
import io.quorate.sql.exec.ExecutionContext;
import io.quorate.sql.exec.PhysicalPlan;
import io.quorate.sql.exec.RepeatedInsert;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.UtilityStatement;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeText;
import io.quorate.txn.api.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// COPY, both ways. Into a table it runs a prepared INSERT once per row, in the session's transaction;
/// out of one, or of a query, it runs a SELECT.
final class CopyStatements {
    /// So many rows are checked against unique indexes at once.
    private static final int ROWS_PER_LOCK = 1000;

    private static final @Nullable Object[] NO_VALUES = new Object[0];

    private final SqlSession session;
    private final Services services;
    private final TransactionState transactions;

    CopyStatements(SqlSession session, Services services, TransactionState transactions) {
        this.session = session;
        this.services = services;
        this.transactions = transactions;
    }

    UtilityResult run(UtilityStatement.Copy copy) {
        if (!(copy.end() instanceof UtilityStatement.CopyEnd.Client)) {
            throw Utilities.unsupported(
                    "COPY with a file or program on the server", copy.position());
        }
        if (copy.where() != null) {
            throw Utilities.unsupported("COPY … WHERE", copy.where().position());
        }
        CopyOptions options = CopyOptions.of(copy.options());
        return copy.from() ? from(copy, options) : to(copy, options);
    }

    private UtilityResult from(UtilityStatement.Copy copy, CopyOptions options) {
        if (!(copy.source() instanceof UtilityStatement.CopySource.Table source)) {
            throw new QuorateException(
                    ErrorCode.SYNTAX_ERROR, "COPY query is only allowed with COPY TO");
        }
        if (transactions.isReadOnly()) {
            throw new QuorateException(
                    ErrorCode.READ_ONLY_SQL_TRANSACTION,
                    "cannot execute COPY FROM in a read-only transaction");
        }
        Schema schema = transactions.schema();
        TableDescriptor table = table(source.name(), schema);
        while (table.writesBlocked()) {
            services.ddl().awaitUnblocked(table);
            schema = transactions.schema();
            table = table(source.name(), schema);
        }
        return new UtilityResult.CopyIn(new Loader(table, columns(source, table), options, schema));
    }

    private UtilityResult to(UtilityStatement.Copy copy, CopyOptions options) {
        Statement query =
                switch (copy.source()) {
                    case UtilityStatement.CopySource.Rows rows -> rows.statement();
                    case UtilityStatement.CopySource.Table source -> selectOf(source);
                };
        Schema schema = transactions.schema();
        PhysicalPlan plan = session.plan(query, schema, List.of());
        return new UtilityResult.CopyOut(new Unloader(plan, options, schema));
    }

    private Statement selectOf(UtilityStatement.CopySource.Table source) {
        Schema schema = transactions.schema();
        Relation relation = relation(source.name(), schema);
        if (relation instanceof ViewDescriptor) {
            throw new QuorateException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "cannot copy from view \"" + relation.name() + "\"")
                    .withHint("Try the COPY (SELECT ...) TO variant.");
        }
        List<String> names = new ArrayList<>();
        if (source.columns().isEmpty()) {
            relation.columns().forEach(column -> names.add(column.name()));
        } else {
            source.columns().forEach(column -> names.add(column.text()));
        }
        return Parser.parseStatement(
                "SELECT "
                        + names.stream().map(Identifiers::quote).collect(Collectors.joining(", "))
                        + " FROM "
                        + Identifiers.quote(relation.schema())
                        + "."
                        + Identifiers.quote(relation.name()));
    }

    private Relation relation(QualifiedName name, Schema schema) {
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

    private TableDescriptor table(QualifiedName name, Schema schema) {
        if (relation(name, schema) instanceof TableDescriptor table) {
            return table;
        }
        throw new QuorateException(
                ErrorCode.WRONG_OBJECT_TYPE, "cannot copy to \"" + name.last() + "\"");
    }

    private static List<ColumnDescriptor> columns(
            UtilityStatement.CopySource.Table source, TableDescriptor table) {
        List<ColumnDescriptor> columns = new ArrayList<>();
        for (Name name : source.columns()) {
            ColumnDescriptor column = table.column(name.text());
            if (column == null) {
                throw new QuorateException(
                                ErrorCode.UNDEFINED_COLUMN,
                                "column \""
                                        + name.text()
                                        + "\" of relation \""
                                        + table.name()
                                        + "\" does not exist")
                        .withPosition(name.position());
            }
            columns.add(column);
        }
        return columns.isEmpty() ? table.columns() : columns;
    }

    private ExecutionContext context(
            Transaction transaction, @Nullable Object[] parameters, Schema schema) {
        return new ExecutionContext(
                transaction,
                parameters,
                session.calls(),
                session.systemContext(schema),
                transactions::nextHiddenRow,
                session::isCancelled,
                services.heldRowsMax());
    }

    /// COPY FROM STDIN.
    private final class Loader implements CopyInSink {
        private final TableDescriptor table;
        private final List<ColumnDescriptor> columns;
        private final Schema schema;
        private final RepeatedInsert insert;
        private final Transaction transaction;
        private final CopyDecoder decoder;
        private final SessionFormat format = session.format();
        private long rows;

        Loader(
                TableDescriptor table,
                List<ColumnDescriptor> columns,
                CopyOptions options,
                Schema schema) {
            this.table = table;
            this.columns = columns;
            this.schema = schema;
            List<@Nullable SqlType> types = new ArrayList<>();
            columns.forEach(column -> types.add(column.type()));
            PhysicalPlan plan = session.plan(Parser.parseStatement(insertSql()), schema, types);
            insert = new RepeatedInsert(plan);
            boolean first = !transactions.hasSnapshot();
            transaction = transactions.forStatement(schema);
            session.calls().beginStatement(schema, first);
            plan.changedTables().forEach(each -> transactions.wrote(schema, each));
            decoder = new CopyDecoder(options, this::row);
        }

        @Override
        public int columnCount() {
            return columns.size();
        }

        @Override
        public boolean binary() {
            return false;
        }

        @Override
        public void data(ByteSlice piece) {
            decoder.data(piece);
        }

        @Override
        public String finish() {
            decoder.finish();
            insert.finish(context(transaction, NO_VALUES, schema));
            transaction.endStatement();
            return "COPY " + rows;
        }

        @Override
        public void abort(String reason) {
            // The session fails the transaction, which takes the rows back.
        }

        private String insertSql() {
            StringBuilder sql = new StringBuilder("INSERT INTO ");
            sql.append(Identifiers.quote(table.schema()))
                    .append('.')
                    .append(Identifiers.quote(table.name()))
                    .append(" (")
                    .append(
                            columns.stream()
                                    .map(column -> Identifiers.quote(column.name()))
                                    .collect(Collectors.joining(", ")))
                    .append(") OVERRIDING SYSTEM VALUE VALUES (");
            for (int i = 1; i <= columns.size(); i++) {
                sql.append(i > 1 ? ", $" : "$").append(i);
            }
            return sql.append(')').toString();
        }

        private void row(List<@Nullable String> fields) {
            if (fields.size() > columns.size()) {
                throw malformed("extra data after last expected column");
            }
            if (fields.size() < columns.size()) {
                throw malformed(
                        "missing data for column \"" + columns.get(fields.size()).name() + "\"");
            }
            session.checkCancelled();
            @Nullable Object[] values = new Object[fields.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = decoded(columns.get(i), fields.get(i));
            }
            ExecutionContext context = context(transaction, values, schema);
            try {
                insert.row(context);
            } catch (QuorateException error) {
                throw error.withContext(line());
            }
            rows++;
            if (rows % ROWS_PER_LOCK == 0) {
                transaction.endStatement();
                insert.endPiece(context);
            }
        }

        private @Nullable Object decoded(ColumnDescriptor column, @Nullable String field) {
            if (field == null) {
                return null;
            }
            try {
                return TypeText.decode(column.type(), field, format);
            } catch (QuorateException error) {
                throw error.withContext(
                        line() + ", column " + column.name() + ": \"" + field + "\"");
            }
        }

        private QuorateException malformed(String message) {
            return new QuorateException(ErrorCode.BAD_COPY_FILE_FORMAT, message)
                    .withContext(line());
        }

        private String line() {
            return "COPY " + table.name() + ", line " + decoder.lineNumber();
        }
    }

    /// COPY TO STDOUT.
    private final class Unloader implements CopyOutSource {
        private final List<OutputColumn> columns;
        private final CopyEncoder encoder;
        private final Execution execution;
        private final SessionFormat format = session.format();
        private boolean headerDue;
        private long rows;

        Unloader(PhysicalPlan plan, CopyOptions options, Schema schema) {
            columns = plan.columns();
            encoder = new CopyEncoder(options, columns.stream().map(OutputColumn::name).toList());
            headerDue = options.header();
            boolean first = !transactions.hasSnapshot();
            Transaction transaction = transactions.forStatement(schema);
            session.calls().beginStatement(schema, first);
            execution = plan.start(context(transaction, new Object[0], schema));
        }

        @Override
        public int columnCount() {
            return columns.size();
        }

        @Override
        public boolean binary() {
            return false;
        }

        @Override
        public @Nullable ByteSlice next() {
            if (headerDue) {
                headerDue = false;
                return encoder.header();
            }
            @Nullable Object[] row = execution.next();
            if (row == null) {
                execution.close();
                return null;
            }
            @Nullable String[] fields = new String[row.length];
            for (int i = 0; i < row.length; i++) {
                Object value = row[i];
                fields[i] =
                        value == null
                                ? null
                                : TypeText.encode(columns.get(i).type(), value, format);
            }
            rows++;
            return encoder.row(fields);
        }

        @Override
        public String tag() {
            return "COPY " + rows;
        }
    }
}
