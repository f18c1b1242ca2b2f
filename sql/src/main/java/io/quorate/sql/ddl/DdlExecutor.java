package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.region.api.RegionClient;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.AlterAction;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Node;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.Persistence;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.TableExpression;
import io.quorate.sql.parse.ast.TableStatement;
import io.quorate.sql.parse.ast.Trees;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.type.SqlType;
import io.quorate.tso.api.ClusterMeta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Carries out the statements that change the schema. Stateless; everything it changes belongs to the
/// session's transaction.
public final class DdlExecutor {
    private final ClusterMeta meta;
    private final SchemaManager manager;
    private final IndexChanges indexes;
    private final TableChanges tables;
    private final Views views;

    public DdlExecutor(SchemaManager manager, ClusterMeta meta, RegionClient regions) {
        this.manager = manager;
        this.meta = meta;
        views = new Views(meta);
        indexes = new IndexChanges(manager, meta);
        tables = new TableChanges(meta, indexes, new RegionAdmin(regions, meta));
    }

    /// CREATE TABLE; false where IF NOT EXISTS found one.
    public boolean createTable(TableStatement.CreateTable statement, DdlSession session) {
        refuseUnsupported(statement);
        StorageHints.accept(statement.storage(), statement.tablespace(), session);
        if (statement.persistence() == Persistence.UNLOGGED) {
            session.notice("01000", "every table is logged");
        }
        SchemaTransaction changes = session.changes();
        // Nobody may go on deleting what the new table will refer to without looking there.
        changes.takeOver(referencedTables(statement, session), 0);
        Schema schema = changes.open();
        String schemaName = schemaFor(statement.name(), session);
        String name = statement.name().last();
        if (schema.isTaken(schemaName, name)) {
            String message = "relation \"" + name + "\" already exists";
            if (statement.ifNotExists()) {
                session.notice("42P07", message + ", skipping");
                return false;
            }
            throw new QuorateException(ErrorCode.DUPLICATE_TABLE, message);
        }
        TableBuilder builder =
                new TableBuilder(session, meta, schema, schemaName, name, meta.allocateIds(1), 1);
        List<LikeClause> copied = new ArrayList<>();
        for (TableStatement.TableElement element : statement.elements()) {
            switch (element) {
                case TableStatement.ColumnDefinition column -> builder.column(column);
                case TableStatement.TableConstraint constraint ->
                        builder.constraint(constraint.constraint());
                case TableStatement.Like like -> {
                    LikeClause clause = new LikeClause(like, schema, session);
                    clause.copyTo(builder);
                    copied.add(clause);
                }
            }
        }
        TableDescriptor table = builder.build();
        changes.create(table.withForeignKeys(builder.buildReferences(table, changes.open())));
        builder.sequences().forEach(changes::put);
        copied.forEach(like -> like.copyComments(table, changes));
        builder.checkConditions().forEach(check -> session.checkCondition(table, check));
        for (ColumnDescriptor column : table.columns()) {
            String defaultSql = column.defaultSql();
            if (defaultSql != null) {
                session.checkDefault(column, Parser.parseExpression(defaultSql));
            }
        }
        return true;
    }

    /// The tables that foreign keys in a statement refer to, those that are there.
    static List<TableDescriptor> referencedTables(Node statement, DdlSession session) {
        List<TableDescriptor> tables = new ArrayList<>();
        Trees.walk(
                statement,
                node -> {
                    if (node instanceof Constraint.ForeignKey key) {
                        QualifiedName name = key.table();
                        Relation found =
                                session.changes()
                                        .known()
                                        .find(
                                                ObjectNames.schemaOf(name),
                                                name.last(),
                                                session.searchPath());
                        if (found instanceof TableDescriptor table) {
                            tables.add(table);
                        }
                    }
                });
        return tables;
    }

    public void createIndex(TableStatement.CreateIndex statement, DdlSession session) {
        indexes.create(statement, table(statement.table(), session), session);
    }

    /// ALTER TABLE; does nothing where IF EXISTS found none.
    public void alterTable(TableStatement.AlterTable statement, DdlSession session) {
        for (AlterAction action : statement.actions()) {
            boolean found =
                    action instanceof AlterAction.RenameTo rename
                            ? Renames.rename(statement.kind(), statement.name(), rename, session)
                            : alterTable(statement, action, session);
            if (!found) {
                if (!statement.ifExists()) {
                    throw noSuchTable(statement.name());
                }
                session.notice(
                        "00000",
                        "relation \"" + statement.name().last() + "\" does not exist, skipping");
                return;
            }
        }
    }

    private boolean alterTable(
            TableStatement.AlterTable statement, AlterAction action, DdlSession session) {
        if (statement.kind() != ObjectKind.TABLE) {
            throw TableBuilder.unsupported(
                    "this form of ALTER " + statement.kind().sql(), action.position());
        }
        TableDescriptor table = findTable(statement.name(), session);
        if (table != null) {
            tables.apply(action, table, session);
        }
        return table != null;
    }

    public void comment(ObjectStatement.CommentOn statement, DdlSession session) {
        Comments.comment(statement, session);
    }

    public void createView(ObjectStatement.CreateView statement, DdlSession session) {
        views.create(statement, schemaFor(statement.name(), session), session);
    }

    public void createSequence(ObjectStatement.CreateSequence statement, DdlSession session) {
        SchemaTransaction changes = session.changes();
        Schema schema = changes.open();
        String schemaName = schemaFor(statement.name(), session);
        String name = statement.name().last();
        if (schema.isTaken(schemaName, name)) {
            String message = "relation \"" + name + "\" already exists";
            if (statement.ifNotExists()) {
                session.notice("42P07", message + ", skipping");
                return;
            }
            throw new QuorateException(ErrorCode.DUPLICATE_TABLE, message);
        }
        changes.put(
                SequenceBuilder.build(
                        meta.allocateIds(1),
                        schemaName,
                        name,
                        SqlType.INT8,
                        statement.options(),
                        0,
                        0));
    }

    public void drop(ObjectStatement.Drop statement, DdlSession session) {
        new Drops(statement, session).run();
    }

    public void truncate(ObjectStatement.Truncate statement, DdlSession session) {
        if (statement.restartIdentity()) {
            throw TableBuilder.unsupported("RESTART IDENTITY", statement.position());
        }
        Map<Long, TableDescriptor> targets = new LinkedHashMap<>();
        for (TableExpression.TableReference reference : statement.tables()) {
            TableDescriptor table = table(reference.name(), session);
            targets.put(table.oid(), table);
        }
        addReferring(targets, statement.cascade(), session);
        int keys = 0;
        for (TableDescriptor target : targets.values()) {
            keys = Math.max(keys, 1 + target.secondary().size());
        }
        SchemaTransaction changes = session.changes();
        changes.takeOver(targets.values(), keys);
        for (TableDescriptor target : targets.values()) {
            TableDescriptor table = changes.open().table(target.oid());
            if (table != null) {
                changes.put(IndexChanges.emptied(table));
            }
        }
    }

    /// Tables that refer to truncated ones go with them, or nothing goes.
    private static void addReferring(
            Map<Long, TableDescriptor> targets, boolean cascade, DdlSession session) {
        Schema schema = session.changes().known();
        Deque<TableDescriptor> open = new ArrayDeque<>(targets.values());
        while (!open.isEmpty()) {
            TableDescriptor target = open.remove();
            for (Schema.Reference reference : schema.referencesTo(target)) {
                TableDescriptor referring = reference.table();
                if (targets.containsKey(referring.oid())) {
                    continue;
                }
                if (!cascade) {
                    throw new QuorateException(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "cannot truncate a table referenced in a foreign key constraint")
                            .withDetail(
                                    "Table \""
                                            + referring.name()
                                            + "\" references \""
                                            + target.name()
                                            + "\".")
                            .withHint(
                                    "Truncate table \""
                                            + referring.name()
                                            + "\" at the same time, or use TRUNCATE ... CASCADE.");
                }
                session.notice("00000", "truncate cascades to table \"" + referring.name() + "\"");
                targets.put(referring.oid(), referring);
                open.add(referring);
            }
        }
    }

    /// Waits for a table whose writes are blocked; unblocks it if nobody is at it any more.
    public void awaitUnblocked(TableDescriptor table) {
        manager.unblockWrites(java.util.Set.of(table.oid()));
    }

    /// The type behind a written type name; 42704 where there is none.
    public static SqlType typeOf(TypeName written) {
        return TypeResolver.resolve(written);
    }

    private TableDescriptor table(QualifiedName name, DdlSession session) {
        TableDescriptor table = findTable(name, session);
        if (table == null) {
            throw noSuchTable(name);
        }
        return table;
    }

    private static QuorateException noSuchTable(QualifiedName name) {
        return new QuorateException(
                ErrorCode.UNDEFINED_TABLE,
                "relation \"" + String.join(".", name.parts()) + "\" does not exist");
    }

    static @Nullable TableDescriptor findTable(QualifiedName name, DdlSession session) {
        Relation found =
                session.changes()
                        .known()
                        .find(ObjectNames.schemaOf(name), name.last(), session.searchPath());
        return switch (found) {
            case null -> null;
            case TableDescriptor table -> table;
            case ViewDescriptor view ->
                    throw new QuorateException(
                            ErrorCode.WRONG_OBJECT_TYPE, "\"" + view.name() + "\" is not a table");
            case SystemView view ->
                    throw new QuorateException(
                            ErrorCode.INSUFFICIENT_PRIVILEGE,
                            "permission denied: \"" + view.name() + "\" is a system catalog");
        };
    }

    private static String schemaFor(QualifiedName name, DdlSession session) {
        String written = ObjectNames.schemaOf(name);
        String schema = written == null ? session.creationSchema() : written;
        if (schema.equals(Schema.PG_CATALOG) || schema.equals("information_schema")) {
            throw new QuorateException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied for schema " + schema);
        }
        if (!schema.equals(Schema.PUBLIC)) {
            throw new QuorateException(
                            ErrorCode.INVALID_SCHEMA_NAME,
                            "schema \"" + schema + "\" does not exist")
                    .withPosition(name.position());
        }
        return schema;
    }

    private static void refuseUnsupported(TableStatement.CreateTable statement) {
        int position = statement.position();
        if (statement.persistence() == Persistence.TEMPORARY) {
            throw TableBuilder.unsupported("a temporary table", position);
        }
        if (!statement.inherits().isEmpty()) {
            throw TableBuilder.unsupported("INHERITS", position);
        }
        if (statement.ofType() != null) {
            throw TableBuilder.unsupported("OF", position);
        }
        if (statement.partitionBy() != null || statement.partitionOf() != null) {
            throw TableBuilder.unsupported("partitioning", position);
        }
        if (statement.accessMethod() != null && !statement.accessMethod().text().equals("heap")) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "access method \"" + statement.accessMethod().text() + "\" does not exist");
        }
    }
}
