package io.quorate.sql.system;

import static io.quorate.sql.catalog.Schema.PG_CATALOG;

import io.quorate.sql.function.AggregateFunction;
import io.quorate.sql.function.Functions;
import io.quorate.sql.function.Routine;
import io.quorate.sql.function.SqlFunction;
import io.quorate.sql.function.SqlOperator;
import io.quorate.sql.function.WindowFunction;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.SqlArray;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/// pg_proc, pg_aggregate, pg_operator and pg_cast: what expressions can call.
final class RoutineFamily {
    private final Functions functions;

    RoutineFamily(Functions functions) {
        this.functions = functions;
    }

    void register(Contents contents) {
        contents.ofSchema(PG_CATALOG, "pg_proc", (schema, rows) -> routines(rows));
        contents.ofSchema(PG_CATALOG, "pg_aggregate", (schema, rows) -> aggregates(rows));
        contents.ofSchema(PG_CATALOG, "pg_operator", (schema, rows) -> operators(rows));
        contents.ofSchema(PG_CATALOG, "pg_cast", (schema, rows) -> casts(rows));
    }

    private void routines(RowSet rows) {
        for (Routine routine : functions.all()) {
            List<Long> arguments = new ArrayList<>();
            routine.argumentTypes().forEach(type -> arguments.add((long) type.oid()));
            RowSet.Row row =
                    routine(rows, routine.oid(), routine.name(), arguments)
                            .set("provariadic", variadicElement(routine))
                            .set("prorettype", routine.resultType().oid());
            switch (routine) {
                case SqlFunction function ->
                        row.set("prokind", "f")
                                .set("proisstrict", function.strict())
                                .set("proretset", function.returnsSet())
                                .set("prorows", (Object) (function.returnsSet() ? 1000f : 0f))
                                .set("provolatile", String.valueOf(function.volatility().code()));
                case AggregateFunction _ -> row.set("prokind", "a").set("provolatile", "i");
                case WindowFunction _ -> row.set("prokind", "w").set("provolatile", "i");
            }
        }
        for (SupportFunction function : SupportFunction.all()) {
            routine(rows, function.oid(), function.name(), function.arguments())
                    .set("prorettype", function.result())
                    .set("prokind", "f")
                    .set("proisstrict", function.strict())
                    .set("provolatile", function.volatility());
        }
    }

    private static RowSet.Row routine(RowSet rows, long oid, String name, List<Long> arguments) {
        return rows.row()
                .set("oid", oid)
                .set("proname", name)
                .set("pronamespace", Oids.PG_CATALOG)
                .set("proowner", Oids.SUPERUSER)
                .set("prolang", Oids.INTERNAL_LANGUAGE)
                .set("procost", (Object) 1f)
                .set("proparallel", "s")
                .set("pronargs", arguments.size())
                .set("proargtypes", SqlArray.vector(SqlType.OID, arguments.toArray()))
                .set("prosrc", name);
    }

    private static long variadicElement(Routine routine) {
        if (!routine.variadic()) {
            return 0;
        }
        SqlType last = routine.argumentTypes().getLast();
        SqlType element = last.element();
        return switch (last.name()) {
            case "anyarray" -> SqlType.ANYELEMENT.oid();
            case "anycompatiblearray" -> SqlType.ANYCOMPATIBLE.oid();
            default -> element == null ? last.oid() : element.oid();
        };
    }

    private void aggregates(RowSet rows) {
        for (Routine routine : functions.all()) {
            if (routine instanceof AggregateFunction) {
                rows.row().set("aggfnoid", routine.oid()).set("aggkind", "n");
            }
        }
    }

    private void operators(RowSet rows) {
        for (SqlOperator operator : functions.operators().all()) {
            SqlType left = operator.left();
            rows.row()
                    .set("oid", operator.oid())
                    .set("oprname", operator.symbol())
                    .set("oprnamespace", Oids.PG_CATALOG)
                    .set("oprowner", Oids.SUPERUSER)
                    .set("oprkind", left == null ? "l" : "b")
                    .set("oprleft", left == null ? 0 : left.oid())
                    .set("oprright", operator.right().oid())
                    .set("oprresult", operator.resultType().oid())
                    .set("oprcom", operator.commutatorOid())
                    .set("oprnegate", operator.negatorOid())
                    .set("oprcode", operator.function().oid());
        }
    }

    /// Casts are computed here, not called: they have no function.
    private static void casts(RowSet rows) {
        long oid = 10_000;
        for (Casts.CastRow cast : Casts.all()) {
            rows.row()
                    .set("oid", oid++)
                    .set("castsource", cast.source().oid())
                    .set("casttarget", cast.target().oid())
                    .set("castcontext", contextCode(cast))
                    .set("castmethod", String.valueOf(cast.method()));
        }
    }

    private static String contextCode(Casts.CastRow cast) {
        return switch (cast.context()) {
            case IMPLICIT -> "i";
            case ASSIGNMENT -> "a";
            case EXPLICIT -> "e";
        };
    }
}
