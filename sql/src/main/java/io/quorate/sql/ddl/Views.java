package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.bind.Binder.BoundView;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.sql.catalog.ViewDescriptor.ViewColumn;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.ObjectStatement.CheckOption;
import io.quorate.sql.parse.ast.ObjectStatement.CreateView;
import io.quorate.sql.parse.ast.Persistence;
import io.quorate.sql.parse.print.AstPrinter;
import io.quorate.sql.type.TypeKind;
import io.quorate.tso.api.ClusterMeta;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CREATE [OR REPLACE] VIEW.
final class Views {
    private final ClusterMeta meta;

    Views(ClusterMeta meta) {
        this.meta = meta;
    }

    /// @param schemaName where the view goes
    void create(CreateView statement, String schemaName, DdlSession session) {
        refuseUnsupported(statement);
        SchemaTransaction changes = session.changes();
        Schema schema = changes.open();
        String name = statement.name().last();
        BoundView bound = session.bindView(statement.query(), session.searchPath(), schema);
        List<ViewColumn> columns = columns(statement, bound.columns());
        ViewDescriptor before = existing(statement, schemaName, schema);
        if (before != null) {
            checkReplacement(before, columns);
        }
        ViewDescriptor view =
                new ViewDescriptor(
                        before == null ? meta.allocateIds(1) : before.oid(),
                        schemaName,
                        name,
                        columns,
                        AstPrinter.query(bound.query()),
                        session.searchPath());
        changes.put(view);
        // Once more as it will be read: it must not be inside itself.
        session.bindView(ViewDependencies.queryOf(view), view.searchPath(), changes.open());
    }

    private static void refuseUnsupported(CreateView statement) {
        int position = statement.position();
        if (statement.persistence() == Persistence.TEMPORARY) {
            throw TableBuilder.unsupported("a temporary view", position);
        }
        if (statement.recursive()) {
            throw TableBuilder.unsupported("CREATE RECURSIVE VIEW", position);
        }
        if (!statement.options().isEmpty()) {
            throw TableBuilder.unsupported(
                    "the option " + statement.options().getFirst().name() + " of a view", position);
        }
        if (statement.checkOption() != CheckOption.NONE) {
            throw TableBuilder.unsupported("WITH CHECK OPTION", position);
        }
    }

    private static List<ViewColumn> columns(CreateView statement, List<OutputColumn> outputs) {
        List<Name> names = statement.columns();
        if (names.size() > outputs.size()) {
            throw new QuorateException(
                    ErrorCode.SYNTAX_ERROR, "CREATE VIEW specifies more column names than columns");
        }
        List<ViewColumn> columns = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            OutputColumn output = outputs.get(i);
            String name = i < names.size() ? names.get(i).text() : output.name();
            if (columns.stream().anyMatch(column -> column.name().equals(name))) {
                throw new QuorateException(
                        ErrorCode.DUPLICATE_COLUMN,
                        "column \"" + name + "\" specified more than once");
            }
            TypeKind kind = output.type().kind();
            if (kind == TypeKind.RECORD || kind == TypeKind.PSEUDO) {
                throw new QuorateException(
                        ErrorCode.INVALID_TABLE_DEFINITION,
                        "column \"" + name + "\" has pseudo-type " + output.type().format());
            }
            columns.add(new ViewColumn(name, output.type()));
        }
        return columns;
    }

    /// The view to replace; null where the name is free.
    private static @Nullable ViewDescriptor existing(
            CreateView statement, String schemaName, Schema schema) {
        String name = statement.name().last();
        if (!schema.isTaken(schemaName, name)) {
            return null;
        }
        if (!statement.orReplace()) {
            throw new QuorateException(
                    ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
        Relation relation = schema.find(schemaName, name, List.of());
        if (relation instanceof ViewDescriptor view) {
            return view;
        }
        throw new QuorateException(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a view");
    }

    /// The columns that a view has stay; more may follow.
    private static void checkReplacement(ViewDescriptor before, List<ViewColumn> columns) {
        if (columns.size() < before.columns().size()) {
            throw new QuorateException(
                    ErrorCode.INVALID_TABLE_DEFINITION, "cannot drop columns from view");
        }
        for (int i = 0; i < before.columns().size(); i++) {
            ViewColumn old = before.columns().get(i);
            ViewColumn now = columns.get(i);
            if (!old.name().equals(now.name())) {
                throw new QuorateException(
                                ErrorCode.INVALID_TABLE_DEFINITION,
                                "cannot change name of view column \""
                                        + old.name()
                                        + "\" to \""
                                        + now.name()
                                        + "\"")
                        .withHint(
                                "Use ALTER VIEW ... RENAME COLUMN ... to change name of view column"
                                        + " instead.");
            }
            if (!old.type().equals(now.type())) {
                throw new QuorateException(
                        ErrorCode.INVALID_TABLE_DEFINITION,
                        "cannot change data type of view column \""
                                + old.name()
                                + "\" from "
                                + old.type().format()
                                + " to "
                                + now.type().format());
            }
        }
    }
}
