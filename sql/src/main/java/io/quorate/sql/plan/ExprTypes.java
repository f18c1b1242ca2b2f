package io.quorate.sql.plan;

import io.quorate.common.check.Check;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Calcite's types for ours: its own BOOLEAN for conditions, [ExprType] for everything else.
final class ExprTypes extends SqlTypeFactoryImpl {
    ExprTypes() {
        super(RelDataTypeSystem.DEFAULT);
    }

    RelDataType of(SqlType type) {
        if (type.kind() == TypeKind.BOOL) {
            return super.createTypeWithNullability(createSqlType(SqlTypeName.BOOLEAN), true);
        }
        return canonize(new ExprType(type));
    }

    RelDataType rowOf(List<SqlType> types) {
        List<RelDataType> fields = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (SqlType type : types) {
            names.add("c" + fields.size());
            fields.add(of(type));
        }
        return createStructType(fields, names);
    }

    static SqlType back(RelDataType type) {
        if (type instanceof ExprType known) {
            return known.type();
        }
        Check.that(
                type.getSqlTypeName() == SqlTypeName.BOOLEAN,
                "a type of Calcite's own is BOOLEAN, not %s",
                type);
        return SqlType.BOOL;
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        return type instanceof ExprType ? type : super.createTypeWithNullability(type, nullable);
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
        if (types.getFirst() instanceof ExprType first) {
            return types.stream().allMatch(first::equals) ? first : null;
        }
        return super.leastRestrictive(types);
    }
}
