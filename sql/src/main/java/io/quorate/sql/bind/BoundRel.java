package io.quorate.sql.bind;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.OutputColumn;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/// A relation whose columns have names.
record BoundRel(Rel rel, List<OutputColumn> columns) {
    /// The same with each column brought to a type by `coercion`, which is given a function from the
    /// column's expression to the new one. Literals in a select list or in VALUES are coerced where
    /// they stand.
    BoundRel coerced(IntFunction<UnaryOperator<Expr>> coercion) {
        Rel coercedRel =
                switch (rel) {
                    case Rel.Project project ->
                            new Rel.Project(
                                    project.input(), coerced(project.expressions(), coercion));
                    case Rel.Values values -> {
                        List<List<Expr>> rows = new ArrayList<>();
                        values.rows().forEach(row -> rows.add(coerced(row, coercion)));
                        yield new Rel.Values(
                                rows.getFirst().stream().map(Expr::type).toList(), rows);
                    }
                    default -> new Rel.Project(rel, coerced(references(rel), coercion));
                };
        List<OutputColumn> renamed = new ArrayList<>();
        List<SqlType> types = coercedRel.types();
        for (int i = 0; i < columns.size(); i++) {
            OutputColumn column = columns.get(i);
            renamed.add(
                    column.type().equals(types.get(i))
                            ? column
                            : OutputColumn.computed(column.name(), types.get(i)));
        }
        return new BoundRel(coercedRel, renamed);
    }

    private static List<Expr> coerced(
            List<Expr> expressions, IntFunction<UnaryOperator<Expr>> coercion) {
        List<Expr> coerced = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            coerced.add(coercion.apply(i).apply(expressions.get(i)));
        }
        return coerced;
    }

    /// A reference to each column of a relation.
    static List<Expr> references(Rel rel) {
        List<Expr> references = new ArrayList<>();
        for (SqlType type : rel.types()) {
            references.add(new Expr.ColumnRef(references.size(), type));
        }
        return references;
    }

    List<SqlType> types() {
        return columns.stream().map(OutputColumn::type).toList();
    }
}
