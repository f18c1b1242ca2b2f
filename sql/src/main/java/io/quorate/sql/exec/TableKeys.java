package io.quorate.sql.exec;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.Coercion;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The foreign keys of a table and those that refer to it. Tables may refer to each other in circles,
/// so this is filled in once all tables of a plan are there; it does not change afterwards.
public final class TableKeys {
    private final TableDescriptor table;
    private List<Reference> references = List.of();
    private List<Dependent> dependents = List.of();
    private boolean filled;

    public TableKeys(TableDescriptor table) {
        this.table = table;
    }

    /// A foreign key of the table.
    ///
    /// @param referenced the table it refers to
    /// @param index over the referenced columns
    /// @param positions of the referring columns, in the order of the index's columns
    /// @param coercions from each of them to the type of the index's column
    public record Reference(
            ForeignKeyDescriptor key,
            TableRows referenced,
            IndexDescriptor index,
            int[] positions,
            List<Coercion> coercions) {}

    /// A foreign key that refers to the table.
    ///
    /// @param table that has it
    /// @param index over the referenced columns
    /// @param referenced positions of the referenced columns here, in the order of the key
    /// @param positions of the referring columns there, in the order of the key
    /// @param coercions from each referenced column to the referring one
    /// @param rows the rows there that refer to the values given as arguments, with their keys
    /// @param defaults of the referring columns
    public record Dependent(
            ForeignKeyDescriptor key,
            PlanNode.ChangedTable table,
            IndexDescriptor index,
            int[] referenced,
            int[] positions,
            List<Coercion> coercions,
            PlanNode rows,
            List<Computed> defaults) {}

    public void fill(List<Reference> newReferences, List<Dependent> newDependents) {
        Check.that(!filled, "the keys of a table are filled in once");
        references = List.copyOf(newReferences);
        dependents = List.copyOf(newDependents);
        filled = true;
    }

    List<Reference> references() {
        return references;
    }

    List<Dependent> dependents() {
        return dependents;
    }

    /// This table and all that a change of it may look at or write to.
    List<TableDescriptor> reached() {
        if (references.isEmpty() && dependents.isEmpty()) {
            return List.of(table);
        }
        Map<Long, TableDescriptor> found = new LinkedHashMap<>();
        Deque<TableKeys> open = new ArrayDeque<>(List.of(this));
        Map<Long, TableKeys> seen = new LinkedHashMap<>();
        while (!open.isEmpty()) {
            TableKeys next = open.remove();
            if (seen.putIfAbsent(next.table.oid(), next) != null) {
                continue;
            }
            found.put(next.table.oid(), next.table);
            for (Reference reference : next.references) {
                TableDescriptor referenced = reference.referenced().table();
                found.put(referenced.oid(), referenced);
            }
            next.dependents.forEach(dependent -> open.add(dependent.table().keys()));
        }
        return List.copyOf(found.values());
    }
}
