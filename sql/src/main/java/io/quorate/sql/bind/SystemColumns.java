package io.quorate.sql.bind;

import io.quorate.sql.algebra.Expr;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.RelationColumn;
import io.quorate.sql.type.SqlType;
import java.util.List;

/// The columns that every relation has without showing them. Of PostgreSQL's there is `tableoid`; the
/// others tell of its storage.
final class SystemColumns {
    private SystemColumns() {}

    /// Where an outer join found no row, `tableoid` is NULL like the rest, which a column that is never
    /// NULL gives away. A relation without such a column has none.
    static List<Scope.Column> of(Relation relation, String alias) {
        int slot = 0;
        for (RelationColumn column : relation.columns()) {
            if (column.notNull()) {
                Expr present = new Expr.IsNull(new Expr.ColumnRef(slot, column.type()), true);
                Expr oid = new Expr.Constant(relation.oid(), SqlType.OID);
                Expr absent = Expr.Constant.nullOf(SqlType.OID);
                Expr value = new Expr.Case(List.of(present, oid, absent), SqlType.OID);
                return List.of(new Scope.Column("tableoid", value, 0, 0, alias));
            }
            slot++;
        }
        return List.of();
    }
}
