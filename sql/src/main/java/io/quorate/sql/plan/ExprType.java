package io.quorate.sql.plan;

import io.quorate.sql.type.SqlType;
import org.apache.calcite.rel.type.RelDataTypeImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/// One of our types as Calcite sees it: opaque, and always nullable, so that no rule finds two types
/// of one column to differ.
final class ExprType extends RelDataTypeImpl {
    private final SqlType type;

    ExprType(SqlType type) {
        this.type = type;
        computeDigest();
    }

    SqlType type() {
        return type;
    }

    @Override
    public SqlTypeName getSqlTypeName() {
        return SqlTypeName.OTHER;
    }

    @Override
    public boolean isNullable() {
        return true;
    }

    @Override
    protected void generateTypeString(StringBuilder out, boolean withDetail) {
        out.append(type.name()).append('#').append(type.oid());
        if (type.typmod() != -1) {
            out.append('(').append(type.typmod()).append(')');
        }
    }
}
