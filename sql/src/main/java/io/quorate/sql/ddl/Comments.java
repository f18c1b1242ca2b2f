package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.CommentTarget;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.ObjectStatement;
import io.quorate.sql.parse.ast.QualifiedName;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// COMMENT ON tables, their parts, views and sequences.
final class Comments {
    private Comments() {}

    static void comment(ObjectStatement.CommentOn statement, DdlSession session) {
        SchemaTransaction changes = session.changes();
        Schema schema = changes.open();
        CommentTarget target = target(statement, schema, session);
        String text = statement.comment();
        // PostgreSQL, too, takes an empty comment for none.
        changes.comment(target, text == null || text.isEmpty() ? null : text);
    }

    private static CommentTarget target(
            ObjectStatement.CommentOn statement, Schema schema, DdlSession session) {
        QualifiedName name = statement.name();
        return switch (statement.kind()) {
            case TABLE, VIEW, INDEX, SEQUENCE ->
                    new CommentTarget(
                            CommentTarget.RELATION,
                            relationOid(statement.kind(), name, schema, session),
                            0);
            case COLUMN -> column(name, schema, session);
            case CONSTRAINT -> constraint(name, schema, session);
            default ->
                    throw TableBuilder.unsupported(
                            "COMMENT ON " + statement.kind().sql(), statement.position());
        };
    }

    private static long relationOid(
            ObjectKind kind, QualifiedName name, Schema schema, DdlSession session) {
        String schemaName = ObjectNames.schemaOf(name);
        List<String> path = session.searchPath();
        Relation relation = schema.find(schemaName, name.last(), path);
        SequenceDescriptor sequence = schema.findSequence(schemaName, name.last(), path);
        TableDescriptor indexed = schema.findTableOfIndex(schemaName, name.last(), path);
        ObjectKind actual = null;
        long oid = 0;
        if (relation != null) {
            refuseSystem(relation);
            actual = relation instanceof ViewDescriptor ? ObjectKind.VIEW : ObjectKind.TABLE;
            oid = relation.oid();
        } else if (sequence != null) {
            actual = ObjectKind.SEQUENCE;
            oid = sequence.oid();
        } else if (indexed != null) {
            actual = ObjectKind.INDEX;
            oid = indexOid(indexed, name.last());
        }
        if (actual == null) {
            throw noRelation(name);
        }
        if (actual != kind) {
            throw new QuorateException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "\""
                            + name.last()
                            + "\" is not "
                            + (kind == ObjectKind.INDEX ? "an " : "a ")
                            + kind.sql().toLowerCase(Locale.ROOT));
        }
        return oid;
    }

    private static long indexOid(TableDescriptor table, String name) {
        for (IndexDescriptor index : table.indexes()) {
            if (index.name().equals(name)) {
                return index.oid();
            }
        }
        throw new IllegalStateException("the table was found by this index");
    }

    /// The last part of the name is the column.
    private static CommentTarget column(QualifiedName name, Schema schema, DdlSession session) {
        Relation relation = owner(name, schema, session);
        refuseSystem(relation);
        int number = numberOf(relation, name.last());
        if (number == 0) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column \""
                            + name.last()
                            + "\" of relation \""
                            + relation.name()
                            + "\" does not exist");
        }
        return new CommentTarget(CommentTarget.RELATION, relation.oid(), number);
    }

    private static int numberOf(Relation relation, String column) {
        if (relation instanceof TableDescriptor table) {
            var found = table.column(column);
            return found == null ? 0 : found.id();
        }
        List<? extends RelationColumn> columns = relation.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static CommentTarget constraint(QualifiedName name, Schema schema, DdlSession session) {
        Relation relation = owner(name, schema, session);
        Long oid =
                relation instanceof TableDescriptor table
                        ? constraintOid(table, name.last())
                        : null;
        if (oid == null) {
            throw new QuorateException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "constraint \""
                            + name.last()
                            + "\" for table \""
                            + relation.name()
                            + "\" does not exist");
        }
        return new CommentTarget(CommentTarget.CONSTRAINT, oid, 0);
    }

    private static @Nullable Long constraintOid(TableDescriptor table, String name) {
        for (CheckDescriptor check : table.checks()) {
            if (check.name().equals(name)) {
                return check.oid();
            }
        }
        for (ForeignKeyDescriptor key : table.foreignKeys()) {
            if (key.name().equals(name)) {
                return key.oid();
            }
        }
        for (IndexDescriptor index : table.indexes()) {
            if (name.equals(index.constraint())) {
                return index.oid();
            }
        }
        return null;
    }

    /// The relation that a part's name begins with.
    private static Relation owner(QualifiedName name, Schema schema, DdlSession session) {
        QualifiedName owner = new QualifiedName(name.qualifier(), name.position());
        Relation relation =
                schema.find(ObjectNames.schemaOf(owner), owner.last(), session.searchPath());
        if (relation == null) {
            throw noRelation(owner);
        }
        return relation;
    }

    private static void refuseSystem(Relation relation) {
        if (relation instanceof SystemView) {
            throw new QuorateException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "permission denied: \"" + relation.name() + "\" is a system catalog");
        }
    }

    private static QuorateException noRelation(QualifiedName name) {
        return new QuorateException(
                ErrorCode.UNDEFINED_TABLE,
                "relation \"" + String.join(".", name.parts()) + "\" does not exist");
    }
}
