package io.quorate.sql.plan;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.BoundStatement.BoundCheck;
import io.quorate.sql.algebra.BoundTable;
import io.quorate.sql.catalog.ForeignKeyDescriptor;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.exec.Compiler;
import io.quorate.sql.exec.PlanNode;
import io.quorate.sql.exec.PlanNode.ChangedTable;
import io.quorate.sql.exec.TableKeys;
import io.quorate.sql.row.TableRows;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.Coercion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plans what constraints ask of a change.
final class ChangedTables {
    private final Compiler compiler;
    private final Compiler.SubqueryPlanner queries;
    private final Map<Long, ChangedTable> planned = new LinkedHashMap<>();

    ChangedTables(Compiler compiler, Compiler.SubqueryPlanner queries) {
        this.compiler = compiler;
        this.queries = queries;
    }

    /// The first of the tables.
    ChangedTable plan(List<BoundTable> reached) {
        for (BoundTable bound : reached) {
            TableDescriptor table = bound.table();
            planned.put(
                    table.oid(),
                    new ChangedTable(new TableRows(table), checks(bound), new TableKeys(table)));
        }
        for (BoundTable bound : reached) {
            fill(bound, of(bound.table()));
        }
        return of(reached.getFirst().table());
    }

    private ChangedTable of(TableDescriptor table) {
        return Check.present(planned.get(table.oid()), "a table that was reached");
    }

    private List<PlanNode.NamedCheck> checks(BoundTable bound) {
        List<PlanNode.NamedCheck> compiled = new ArrayList<>();
        for (BoundCheck check : bound.checks()) {
            compiled.add(
                    new PlanNode.NamedCheck(check.name(), compiler.compile(check.condition())));
        }
        return compiled;
    }

    private void fill(BoundTable bound, ChangedTable table) {
        List<TableKeys.Reference> references = new ArrayList<>();
        for (BoundTable.Reference reference : bound.references()) {
            references.add(reference(bound.table(), reference));
        }
        List<TableKeys.Dependent> dependents = new ArrayList<>();
        for (BoundTable.Dependent dependent : bound.dependents()) {
            dependents.add(dependent(bound.table(), dependent));
        }
        table.keys().fill(references, dependents);
    }

    private static TableKeys.Reference reference(
            TableDescriptor table, BoundTable.Reference reference) {
        ForeignKeyDescriptor key = reference.key();
        TableDescriptor referenced = reference.referenced();
        IndexDescriptor index = indexOf(key, referenced);
        int[] positions = new int[index.columnIds().size()];
        List<Coercion> coercions = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            int columnId = index.columnIds().get(i);
            int pair = key.referencedColumnIds().indexOf(columnId);
            positions[i] = table.positionOf(key.columnIds().get(pair));
            coercions.add(
                    coercion(table, positions[i], referenced, referenced.positionOf(columnId)));
        }
        return new TableKeys.Reference(key, new TableRows(referenced), index, positions, coercions);
    }

    private TableKeys.Dependent dependent(
            TableDescriptor referenced, BoundTable.Dependent dependent) {
        ForeignKeyDescriptor key = dependent.key();
        TableDescriptor table = dependent.table();
        int[] from = new int[key.columnIds().size()];
        int[] to = new int[from.length];
        List<Coercion> coercions = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            from[i] = referenced.positionOf(key.referencedColumnIds().get(i));
            to[i] = table.positionOf(key.columnIds().get(i));
            coercions.add(coercion(referenced, from[i], table, to[i]));
        }
        return new TableKeys.Dependent(
                key,
                of(table),
                indexOf(key, referenced),
                from,
                to,
                coercions,
                queries.plan(dependent.rows()),
                compiler.compileAll(dependent.defaults()));
    }

    private static IndexDescriptor indexOf(ForeignKeyDescriptor key, TableDescriptor referenced) {
        return Check.present(
                referenced.index(key.referencedIndex()), "a foreign key refers to an index");
    }

    private static Coercion coercion(
            TableDescriptor from, int position, TableDescriptor to, int target) {
        return Check.present(
                Casts.find(
                        from.columns().get(position).type(),
                        to.columns().get(target).type(),
                        CastContext.ASSIGNMENT),
                "the columns of a foreign key have comparable types");
    }
}
