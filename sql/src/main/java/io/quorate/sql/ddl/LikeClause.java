package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.CommentTarget;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.Parser;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.TableStatement.Like;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `LIKE table` between the brackets of CREATE TABLE: the columns of another relation, and of its
/// other properties those that INCLUDING names. Compression, statistics, storage and generation
/// expressions are properties that nothing has here.
final class LikeClause {
    private final Like clause;
    private final Relation source;
    private final Schema schema;

    LikeClause(Like clause, Schema schema, DdlSession session) {
        this.clause = clause;
        this.schema = schema;
        QualifiedName name = clause.table();
        Relation found = schema.find(ObjectNames.schemaOf(name), name.last(), session.searchPath());
        if (found == null) {
            throw new QuorateException(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + String.join(".", name.parts()) + "\" does not exist")
                    .withPosition(name.position());
        }
        source = found;
    }

    private boolean includes(String what) {
        return clause.including().contains(what);
    }

    void copyTo(TableBuilder builder) {
        if (!(source instanceof TableDescriptor table)) {
            for (RelationColumn column : source.columns()) {
                builder.copiedColumn(
                        new ColumnDescriptor(
                                0,
                                column.name(),
                                column.type(),
                                column.notNull(),
                                null,
                                Identity.NONE,
                                null),
                        clause.position());
            }
            return;
        }
        for (ColumnDescriptor column : table.columns()) {
            copyColumn(table, column, builder);
        }
        if (includes("CONSTRAINTS")) {
            for (CheckDescriptor check : table.checks()) {
                builder.copiedCheck(
                        new Name(check.name(), clause.position()),
                        Parser.parseExpression(check.expressionSql()));
            }
        }
        if (includes("INDEXES")) {
            for (IndexDescriptor index : table.indexes()) {
                if (!index.columnIds().isEmpty()) {
                    copyIndex(table, index, builder);
                }
            }
        }
    }

    private void copyColumn(TableDescriptor table, ColumnDescriptor column, TableBuilder builder) {
        ColumnDescriptor copy =
                new ColumnDescriptor(
                        0,
                        column.name(),
                        column.type(),
                        column.notNull(),
                        null,
                        Identity.NONE,
                        null);
        if (column.identity() != Identity.NONE) {
            if (includes("IDENTITY")) {
                builder.copiedIdentity(
                        copy, column.identity(), sequenceOf(table, column), clause.position());
            } else {
                builder.copiedColumn(copy, clause.position());
            }
            return;
        }
        builder.copiedColumn(
                includes("DEFAULTS") ? copy.withDefault(column.defaultSql()) : copy,
                clause.position());
    }

    private SequenceDescriptor sequenceOf(TableDescriptor table, ColumnDescriptor column) {
        for (SequenceDescriptor sequence : schema.sequences()) {
            if (sequence.ownerTable() == table.oid() && sequence.ownerColumn() == column.id()) {
                return sequence;
            }
        }
        throw new IllegalStateException("an identity column owns a sequence");
    }

    private void copyIndex(TableDescriptor table, IndexDescriptor index, TableBuilder builder) {
        List<String> columns = names(table, index);
        if (index.primary() || index.constraint() != null) {
            builder.copiedKey(
                    new TableBuilder.Key(null, index.primary(), columns, clause.position()));
        } else {
            builder.copiedIndex(columns, index.unique());
        }
    }

    private static List<String> names(TableDescriptor table, IndexDescriptor index) {
        List<String> names = new ArrayList<>();
        for (int position : table.positionsOf(index)) {
            names.add(table.columns().get(position).name());
        }
        return names;
    }

    /// The comments on what was copied, once the new table is there.
    void copyComments(TableDescriptor made, SchemaTransaction changes) {
        if (!includes("COMMENTS")) {
            return;
        }
        for (Map.Entry<CommentTarget, String> comment : schema.comments().entrySet()) {
            CommentTarget target = copied(comment.getKey(), made);
            if (target != null) {
                changes.comment(target, comment.getValue());
            }
        }
    }

    /// What a comment on the source is about in the new table; null where it is about nothing there.
    private @Nullable CommentTarget copied(CommentTarget target, TableDescriptor made) {
        if (target.objectOid() == source.oid() && target.subId() > 0) {
            for (int i = 0; i < source.columns().size(); i++) {
                int number =
                        source instanceof TableDescriptor table
                                ? table.columns().get(i).id()
                                : i + 1;
                ColumnDescriptor column = made.column(source.columns().get(i).name());
                if (number == target.subId() && column != null) {
                    return new CommentTarget(target.classOid(), made.oid(), column.id());
                }
            }
        }
        if (source instanceof TableDescriptor table) {
            for (CheckDescriptor check : table.checks()) {
                if (check.oid() == target.objectOid()) {
                    return made.checks().stream()
                            .filter(each -> each.name().equals(check.name()))
                            .map(each -> new CommentTarget(target.classOid(), each.oid(), 0))
                            .findFirst()
                            .orElse(null);
                }
            }
            IndexDescriptor index = table.index(target.objectOid());
            if (index != null) {
                return made.indexes().stream()
                        .filter(each ->
                                each.primary() == index.primary()
                                        && names(made, each).equals(names(table, index)))
                        .map(each -> new CommentTarget(target.classOid(), each.oid(), 0))
                        .findFirst()
                        .orElse(null);
            }
        }
        return null;
    }
}
