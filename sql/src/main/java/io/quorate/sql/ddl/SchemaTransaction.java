package io.quorate.sql.ddl;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.CatalogStore;
import io.quorate.sql.catalog.CommentTarget;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.catalog.ViewDescriptor;
import io.quorate.txn.api.Transaction;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The changes that one transaction makes to the schema: seen by itself at once, by others after its
/// commit. From its first change to its end it holds the lock on the schema's version.
public final class SchemaTransaction {
    private final SchemaManager manager;
    private final CatalogStore store;
    private final Transaction transaction;
    private final Set<Long> created = new TreeSet<>();
    private final Set<Long> takenOver = new TreeSet<>();
    private @Nullable Schema working;
    private long baseVersion;
    private boolean changed;

    public SchemaTransaction(SchemaManager manager, Transaction transaction) {
        this.manager = manager;
        this.store = manager.store();
        this.transaction = transaction;
    }

    /// The schema with this transaction's changes; null before the first.
    public @Nullable Schema working() {
        return working;
    }

    /// The schema to look names up in: the changed one, or the node's newest before the first change.
    public Schema known() {
        Schema schema = working;
        return schema != null ? schema : manager.schema();
    }

    public Transaction transaction() {
        return transaction;
    }

    public boolean isOpen() {
        return working != null;
    }

    /// The schema to change, after waiting for whoever changes it now.
    public Schema open() {
        Schema schema = working;
        if (schema == null) {
            baseVersion = store.lockVersion(transaction);
            transaction.beginStatement();
            schema = store.load(transaction);
            Check.that(
                    schema.version() == baseVersion,
                    "a locked schema version stays: %s is not %s",
                    schema.version(),
                    baseVersion);
            working = schema;
        }
        return schema;
    }

    /// Back to what it was at a savepoint; the rows go back with the transaction's own.
    public void restore(@Nullable Schema savepoint) {
        if (savepoint != null) {
            working = savepoint;
        } else if (working != null) {
            transaction.beginStatement();
            working = store.load(transaction);
        }
    }

    /// Makes sure that no other node writes to these tables any more, so that they may be changed here.
    /// Tables of this transaction's own making need nothing. For the others it takes a version of its
    /// own, and so must come before any other change. Each gets `reservedKeys` fresh index numbers.
    public void takeOver(Collection<TableDescriptor> tables, int reservedKeys) {
        Set<Long> others = new TreeSet<>();
        for (TableDescriptor table : tables) {
            if (!created.contains(table.oid()) && !takenOver.contains(table.oid())) {
                others.add(table.oid());
            }
        }
        if (others.isEmpty()) {
            return;
        }
        if (working != null) {
            throw new QuorateException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a transaction that already changed the schema cannot change a table that"
                                    + " others may write to")
                    .withHint("Commit first, or begin the transaction with this change.");
        }
        manager.blockWrites(others, reservedKeys);
        Schema schema = open();
        if (!others.stream().allMatch(oid -> isBlocked(schema, oid))) {
            // Between the two locks someone took this node for dead and unblocked them.
            throw new QuorateException(
                    ErrorCode.SERIALIZATION_FAILURE,
                    "could not change the table because of a concurrent schema change");
        }
        takenOver.addAll(others);
    }

    public void create(TableDescriptor table) {
        created.add(table.oid());
        put(table);
    }

    public boolean isCreatedHere(TableDescriptor table) {
        return created.contains(table.oid());
    }

    public void put(TableDescriptor table) {
        store(table.writesBlocked() ? table.withWritesBlocked(false) : table);
    }

    /// Puts a table that nobody may write to.
    void block(TableDescriptor table) {
        store(table.withWritesBlocked(true));
    }

    public void remove(TableDescriptor table) {
        Schema schema = open();
        store.remove(transaction, table);
        takenOver.remove(table.oid());
        replace(schema.objects().without(table));
    }

    public void put(SequenceDescriptor sequence) {
        Schema schema = open();
        store.put(transaction, sequence);
        replace(schema.objects().with(sequence));
    }

    public void remove(SequenceDescriptor sequence) {
        Schema schema = open();
        store.remove(transaction, sequence);
        replace(schema.objects().without(sequence));
    }

    public void put(ViewDescriptor view) {
        Schema schema = open();
        store.put(transaction, view);
        replace(schema.objects().with(view));
    }

    public void remove(ViewDescriptor view) {
        Schema schema = open();
        store.remove(transaction, view);
        replace(schema.objects().without(view));
    }

    /// @param text null to take the comment away
    public void comment(CommentTarget target, @Nullable String text) {
        Schema schema = open();
        if (text == null) {
            store.removeComment(transaction, target);
            replace(schema.objects().withoutComment(target));
        } else {
            store.putComment(transaction, target, text);
            replace(schema.objects().withComment(target, text));
        }
    }

    /// Makes the changes ready to commit. Waits until no node uses a version before the one this
    /// transaction started from.
    public void beforeCommit() {
        Schema schema = working;
        if (schema == null) {
            return;
        }
        for (long oid : takenOver) {
            TableDescriptor table = schema.table(oid);
            if (table != null && table.writesBlocked()) {
                put(table);
            }
        }
        if (changed) {
            store.writeVersion(transaction, baseVersion + 1);
            manager.awaitEveryoneAt(baseVersion);
        }
    }

    /// After the commit: waits until every node works with the new version.
    public void afterCommit() {
        if (changed) {
            manager.announce(baseVersion + 1);
            manager.awaitEveryoneAt(baseVersion + 1);
        }
    }

    /// After a rollback: others may write again to what was taken over.
    public void afterRollback() {
        if (!takenOver.isEmpty()) {
            manager.unblockWrites(takenOver);
        }
    }

    private void store(TableDescriptor table) {
        Schema schema = open();
        store.put(transaction, table);
        replace(schema.objects().with(table));
    }

    private void replace(SchemaObjects objects) {
        SchemaObjects kept = objects;
        for (CommentTarget orphan : objects.orphanedComments()) {
            store.removeComment(transaction, orphan);
            kept = kept.withoutComment(orphan);
        }
        changed = true;
        working = store.picture(baseVersion, kept);
    }

    private static boolean isBlocked(Schema schema, long oid) {
        TableDescriptor table = schema.table(oid);
        return table != null && table.writesBlocked();
    }
}
