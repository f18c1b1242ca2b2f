package io.quorate.sql.ddl;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.parse.ast.Constraint;
import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.TableStatement.ColumnDefinition;
import io.quorate.sql.parse.print.AstPrinter;
import io.quorate.sql.parse.print.Identifiers;
import io.quorate.sql.type.SqlType;
import io.quorate.tso.api.ClusterMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers the columns and constraints of a table that is being created, or added to one, and makes
/// the descriptors of it.
final class TableBuilder {
    private static final Map<String, SqlType> SERIALS =
            Map.of(
                    "smallserial", SqlType.INT2,
                    "serial2", SqlType.INT2,
                    "serial", SqlType.INT4,
                    "serial4", SqlType.INT4,
                    "bigserial", SqlType.INT8,
                    "serial8", SqlType.INT8);

    private final DdlSession session;
    private final ClusterMeta meta;
    private final String schemaName;
    private final String tableName;
    private final long tableOid;
    private final ObjectNames names;
    private final List<ColumnDescriptor> columns = new ArrayList<>();
    private final List<SequenceDescriptor> sequences = new ArrayList<>();
    private final List<Key> keys = new ArrayList<>();
    private final List<PendingCheck> checks = new ArrayList<>();
    private final List<PendingIndex> plainIndexes = new ArrayList<>();
    private final List<PendingReference> references = new ArrayList<>();
    private int nextColumnId = 1;

    /// A PRIMARY KEY or UNIQUE constraint.
    record Key(@Nullable Name name, boolean primary, List<String> columns, int position) {}

    private record PendingCheck(@Nullable Name name, String column, Expression condition) {}

    /// A FOREIGN KEY whose other table is looked up once this one is there.
    private record PendingReference(Constraint.ForeignKey written, List<String> columns) {}

    /// An index that serves no constraint.
    private record PendingIndex(List<String> columns, boolean unique) {}

    TableBuilder(
            DdlSession session,
            ClusterMeta meta,
            Schema schema,
            String schemaName,
            String tableName,
            long tableOid,
            int nextColumnId) {
        this.session = session;
        this.meta = meta;
        this.schemaName = schemaName;
        this.tableName = tableName;
        this.tableOid = tableOid;
        this.nextColumnId = nextColumnId;
        names = new ObjectNames(schema);
    }

    void column(ColumnDefinition definition) {
        String name = definition.name().text();
        refuseTaken(name, definition.position());
        if (definition.collation() != null) {
            refuseCollation(definition);
        }
        if (definition.type() == null) {
            throw unsupported("CREATE TABLE OF", definition.position());
        }
        int id = nextColumnId++;
        SqlType serial = SERIALS.get(definition.type().name().last().toLowerCase(Locale.ROOT));
        boolean isSerial = serial != null && !definition.type().isArray();
        SqlType type =
                isSerial && serial != null ? serial : TypeResolver.resolve(definition.type());
        ColumnDescriptor column =
                new ColumnDescriptor(id, name, type, isSerial, null, Identity.NONE, null);
        if (isSerial) {
            column = withDefault(column, nextOf(ownSequence(column, type, List.of())));
        }
        for (Constraint constraint : definition.constraints()) {
            column = constrain(column, constraint);
        }
        columns.add(column);
    }

    private void refuseTaken(String columnName, int position) {
        if (columns.stream().anyMatch(column -> column.name().equals(columnName))) {
            throw new QuorateException(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column \"" + columnName + "\" specified more than once")
                    .withPosition(position);
        }
    }

    /// A column taken over from elsewhere; its number is given here.
    void copiedColumn(ColumnDescriptor column, int position) {
        refuseTaken(column.name(), position);
        columns.add(column.withId(nextColumnId++));
    }

    /// An identity column with a sequence like another.
    void copiedIdentity(
            ColumnDescriptor column, Identity identity, SequenceDescriptor like, int position) {
        refuseTaken(column.name(), position);
        ColumnDescriptor numbered = column.withId(nextColumnId++);
        String name = names.choose(schemaName, tableName, column.name(), "seq");
        SequenceDescriptor sequence =
                new SequenceDescriptor(
                        meta.allocateIds(1),
                        schemaName,
                        name,
                        like.type(),
                        like.start(),
                        like.increment(),
                        like.minimum(),
                        like.maximum(),
                        like.cycles(),
                        tableOid,
                        numbered.id());
        sequences.add(sequence);
        columns.add(
                new ColumnDescriptor(
                        numbered.id(),
                        column.name(),
                        column.type(),
                        true,
                        nextOf(sequence),
                        identity,
                        null));
    }

    void copiedCheck(Name name, Expression condition) {
        checks.add(new PendingCheck(name, "", condition));
    }

    void copiedKey(Key key) {
        keys.add(key);
    }

    void copiedIndex(List<String> indexColumns, boolean unique) {
        plainIndexes.add(new PendingIndex(indexColumns, unique));
    }

    /// A constraint of the table.
    void constraint(Constraint constraint) {
        switch (constraint) {
            case Constraint.Key key -> key(key, key.columns().stream().map(Name::text).toList());
            case Constraint.Check check -> check(check, "");
            case Constraint.ForeignKey key ->
                    references.add(
                            new PendingReference(
                                    key, key.columns().stream().map(Name::text).toList()));
            case Constraint.Exclude exclude -> throw unsupported("EXCLUDE", exclude.position());
            case Constraint.NotNull _,
                    Constraint.Null _,
                    Constraint.Default _,
                    Constraint.Generated _,
                    Constraint.Identity _ ->
                    throw unsupported("this constraint on a table", constraint.position());
        }
    }

    /// @param column at which it stands; empty for one of the table
    private void check(Constraint.Check check, String column) {
        if (check.noInherit()) {
            throw unsupported("NO INHERIT", check.position());
        }
        checks.add(new PendingCheck(check.name(), column, check.condition()));
    }

    List<SequenceDescriptor> sequences() {
        return sequences;
    }

    List<ColumnDescriptor> columns() {
        return columns;
    }

    List<Key> keys() {
        return keys;
    }

    int nextColumnId() {
        return nextColumnId;
    }

    /// The new table.
    TableDescriptor build() {
        Key primaryKey = null;
        for (Key key : keys) {
            if (key.primary() && primaryKey != null) {
                throw new QuorateException(
                                ErrorCode.INVALID_TABLE_DEFINITION,
                                "multiple primary keys for table \""
                                        + tableName
                                        + "\" are not allowed")
                        .withPosition(key.position());
            }
            primaryKey = key.primary() ? key : primaryKey;
        }
        if (primaryKey != null) {
            setNotNull(primaryKey);
        }
        int keyId = 1;
        IndexDescriptor primary =
                primaryKey == null ? hiddenPrimary(keyId++) : index(primaryKey, keyId++, columns);
        List<IndexDescriptor> secondary = new ArrayList<>();
        for (Key key : keys) {
            if (!key.primary()) {
                secondary.add(index(key, keyId++, columns));
            }
        }
        for (PendingIndex index : plainIndexes) {
            secondary.add(plainIndex(index, keyId++));
        }
        return new TableDescriptor(
                tableOid,
                schemaName,
                tableName,
                1,
                columns,
                primary,
                secondary,
                buildChecks(),
                List.of(),
                nextColumnId,
                keyId,
                false);
    }

    List<CheckDescriptor> buildChecks() {
        List<CheckDescriptor> built = new ArrayList<>();
        for (PendingCheck check : checks) {
            Name written = check.name();
            String name = written != null ? written.text() : checkName(check);
            built.add(
                    new CheckDescriptor(
                            meta.allocateIds(1),
                            name,
                            StoredExpressions.ofTable(check.condition())));
        }
        return built;
    }

    /// The foreign keys of a table that is there in all other respects.
    List<ForeignKeyDescriptor> buildReferences(TableDescriptor itself, Schema schema) {
        List<ForeignKeyDescriptor> built = new ArrayList<>();
        for (PendingReference reference : references) {
            Constraint.ForeignKey written = reference.written();
            Name name = written.name();
            built.add(
                    ForeignKeys.resolve(
                            written,
                            reference.columns(),
                            itself,
                            ForeignKeys.referenced(written, itself, schema, session),
                            meta.allocateIds(1),
                            name != null
                                    ? name.text()
                                    : names.chooseConstraint(
                                            schemaName,
                                            tableName,
                                            String.join("_", reference.columns()),
                                            "fkey")));
        }
        return built;
    }

    /// A check of the table is named after its column if it has just one.
    private String checkName(PendingCheck check) {
        Set<String> named = StoredExpressions.columns(check.condition());
        String column =
                check.column().isEmpty() && named.size() == 1
                        ? named.iterator().next()
                        : check.column();
        return names.chooseConstraint(schemaName, tableName, column, "check");
    }

    private IndexDescriptor plainIndex(PendingIndex index, int keyId) {
        List<Integer> ids = new ArrayList<>();
        for (String name : index.columns()) {
            ids.add(idOf(name, columns, 0));
        }
        String name = names.choose(schemaName, tableName, String.join("_", index.columns()), "idx");
        return new IndexDescriptor(
                meta.allocateIds(1), keyId, name, index.unique(), false, ids, null);
    }

    /// The conditions as written, for binding them once the table is there.
    List<Expression> checkConditions() {
        return checks.stream().map(PendingCheck::condition).toList();
    }

    /// The index behind a key constraint over these columns.
    IndexDescriptor index(Key key, int keyId, List<ColumnDescriptor> of) {
        List<Integer> ids = new ArrayList<>();
        for (String name : key.columns()) {
            ids.add(idOf(name, of, key.position()));
        }
        if (ids.stream().distinct().count() < ids.size()) {
            throw new QuorateException(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column appears twice in "
                                    + (key.primary() ? "primary key" : "unique")
                                    + " constraint")
                    .withPosition(key.position());
        }
        Name written = key.name();
        String name;
        if (written != null) {
            name = names.take(schemaName, written.text());
        } else if (key.primary()) {
            name = names.choose(schemaName, tableName, "", "pkey");
        } else {
            name = names.choose(schemaName, tableName, String.join("_", key.columns()), "key");
        }
        return new IndexDescriptor(
                meta.allocateIds(1), keyId, name, true, key.primary(), ids, name);
    }

    private IndexDescriptor hiddenPrimary(int keyId) {
        return new IndexDescriptor(0, keyId, "", true, true, List.of(), null);
    }

    private static int idOf(String name, List<ColumnDescriptor> of, int position) {
        for (ColumnDescriptor column : of) {
            if (column.name().equals(name)) {
                return column.id();
            }
        }
        throw new QuorateException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column \"" + name + "\" named in key does not exist")
                .withPosition(position);
    }

    private void setNotNull(Key primaryKey) {
        columns.replaceAll(column ->
                primaryKey.columns().contains(column.name()) ? column.withNotNull(true) : column);
    }

    private ColumnDescriptor constrain(ColumnDescriptor column, Constraint constraint) {
        return switch (constraint) {
            case Constraint.NotNull _ -> column.withNotNull(true);
            case Constraint.Null _ -> column;
            case Constraint.Default value ->
                    withDefault(column, AstPrinter.expression(value.value()));
            case Constraint.Check check -> {
                check(check, column.name());
                yield column;
            }
            case Constraint.Key key -> {
                key(key, List.of(column.name()));
                yield column;
            }
            case Constraint.Identity identity -> identity(column, identity);
            case Constraint.Generated generated ->
                    throw unsupported("GENERATED ALWAYS AS … STORED", generated.position());
            case Constraint.ForeignKey key -> {
                references.add(new PendingReference(key, List.of(column.name())));
                yield column;
            }
            case Constraint.Exclude exclude -> throw unsupported("EXCLUDE", exclude.position());
        };
    }

    private void key(Constraint.Key key, List<String> keyColumns) {
        if (key.usingIndex() != null) {
            throw unsupported("USING INDEX", key.position());
        }
        if (!key.include().isEmpty()) {
            throw unsupported("INCLUDE", key.position());
        }
        if (key.nullsNotDistinct()) {
            throw unsupported("NULLS NOT DISTINCT", key.position());
        }
        if (key.deferral() != Constraint.Deferral.NOT_DEFERRABLE) {
            throw unsupported("DEFERRABLE", key.position());
        }
        StorageHints.accept(key.storage(), key.tablespace(), session);
        keys.add(new Key(key.name(), key.primary(), keyColumns, key.position()));
    }

    private ColumnDescriptor identity(ColumnDescriptor column, Constraint.Identity identity) {
        SequenceDescriptor sequence = ownSequence(column, column.type(), identity.options());
        return new ColumnDescriptor(
                column.id(),
                column.name(),
                column.type(),
                true,
                nextOf(sequence),
                identity.always() ? Identity.ALWAYS : Identity.BY_DEFAULT,
                null);
    }

    private SequenceDescriptor ownSequence(
            ColumnDescriptor column, SqlType type, List<Constraint.SequenceOption> options) {
        String name = names.choose(schemaName, tableName, column.name(), "seq");
        SequenceDescriptor sequence =
                SequenceBuilder.build(
                        meta.allocateIds(1),
                        schemaName,
                        name,
                        type,
                        options,
                        tableOid,
                        column.id());
        sequences.add(sequence);
        return sequence;
    }

    private static String nextOf(SequenceDescriptor sequence) {
        String name =
                Identifiers.quote(sequence.schema()) + "." + Identifiers.quote(sequence.name());
        return "nextval('" + name.replace("'", "''") + "'::regclass)";
    }

    private static ColumnDescriptor withDefault(ColumnDescriptor column, String sql) {
        return new ColumnDescriptor(
                column.id(),
                column.name(),
                column.type(),
                column.notNull(),
                sql,
                column.identity(),
                column.missing());
    }

    private static void refuseCollation(ColumnDefinition definition) {
        var collation = definition.collation();
        if (collation != null && !List.of("C", "POSIX", "default").contains(collation.last())) {
            throw unsupported("COLLATE " + collation.last(), collation.position());
        }
    }

    static QuorateException unsupported(String clause, int position) {
        return new QuorateException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, clause + " is not supported yet")
                .withPosition(position);
    }
}
