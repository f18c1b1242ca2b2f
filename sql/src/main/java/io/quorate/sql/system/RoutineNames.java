package io.quorate.sql.system;

import io.quorate.sql.function.Functions;
import io.quorate.sql.function.Routine;
import io.quorate.sql.function.SqlFunction;
import io.quorate.sql.function.SqlOperator;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions and operators by oid and name, those of `support-functions.tsv` included.
final class RoutineNames {
    private final Functions functions;
    private final Map<Long, String> supportNames = new LinkedHashMap<>();
    private final Map<String, Long> supportOids = new LinkedHashMap<>();

    RoutineNames(Functions functions) {
        this.functions = functions;
        for (SupportFunction function : SupportFunction.all()) {
            supportNames.put(function.oid(), function.name());
            supportOids.put(function.name(), function.oid());
        }
    }

    @Nullable String name(long oid) {
        Routine routine = functions.byOid((int) oid);
        return routine != null ? routine.name() : supportNames.get(oid);
    }

    /// Such as `lower(text)`.
    @Nullable String signature(long oid) {
        Routine routine = functions.byOid((int) oid);
        if (routine == null) {
            String name = supportNames.get(oid);
            return name == null ? null : name + "(internal)";
        }
        return routine.name() + "(" + arguments(routine) + ")";
    }

    /// Null where there is no function of that name or more than one.
    @Nullable Long oid(String name) {
        List<Routine> named = functions.named(name);
        if (named.size() == 1) {
            return (long) named.getFirst().oid();
        }
        return supportOids.get(name);
    }

    @Nullable String operatorName(long oid) {
        SqlOperator operator = functions.operators().byOid((int) oid);
        return operator == null ? null : operator.symbol();
    }

    /// As `pg_get_function_result` says it.
    @Nullable String result(long oid) {
        Routine routine = functions.byOid((int) oid);
        if (routine == null) {
            return null;
        }
        String type = routine.resultType().format();
        return routine instanceof SqlFunction function && function.returnsSet()
                ? "SETOF " + type
                : type;
    }

    /// As `pg_get_function_arguments` says it.
    @Nullable String arguments(long oid) {
        Routine routine = functions.byOid((int) oid);
        return routine == null ? null : arguments(routine);
    }

    boolean exists(long oid) {
        return name(oid) != null;
    }

    private static String arguments(Routine routine) {
        List<String> arguments = new ArrayList<>();
        for (SqlType type : routine.argumentTypes()) {
            arguments.add(type.format());
        }
        if (routine.variadic()) {
            arguments.add("VARIADIC " + arguments.removeLast());
        }
        return String.join(", ", arguments);
    }
}
