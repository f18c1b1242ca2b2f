package io.quorate.sql.function;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.function.Candidates.Candidate;
import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeNames;
import io.quorate.sql.type.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions, aggregates and window functions, and which of them a call means. Immutable.
public final class Functions {
    private final Map<Integer, Routine> byOid;
    private final Map<String, List<Routine>> byName;
    private final Operators operators;

    private Functions(Map<Integer, Routine> byOid, List<SqlOperator> operators) {
        this.byOid = byOid;
        this.byName = new TreeMap<>();
        for (Routine routine : byOid.values()) {
            byName.computeIfAbsent(routine.name(), name -> new ArrayList<>()).add(routine);
        }
        this.operators = new Operators(operators);
    }

    /// All that is built in. Reads the data files: make it once per process.
    public static Functions builtin() {
        Registry registry = new Registry();
        Builtins.register(registry);
        Tables tables = new Tables(registry);
        Map<Integer, Routine> routines = new LinkedHashMap<>(tables.functions());
        List<SqlOperator> operators = tables.operators(routines);
        routines.putAll(tables.aggregates());
        routines.putAll(tables.windows());
        return new Functions(routines, operators);
    }

    /// By PostgreSQL's rules: the exact match, then casts, preferred types and the guess for
    /// unknown literals. 42883 where nothing fits, 42725 where more than one fits best.
    ///
    /// @param name in lower case, without schema
    /// @param argumentTypes unknown for literals that have no type yet
    public ResolvedRoutine resolve(String name, List<SqlType> argumentTypes) {
        return resolve(name, argumentTypes, false);
    }

    /// As [#resolve(String, List)].
    ///
    /// @param variadic the call's last argument is marked `VARIADIC`: it is the array itself
    public ResolvedRoutine resolve(String name, List<SqlType> argumentTypes, boolean variadic) {
        List<Candidate<Routine>> candidates = candidates(name, argumentTypes.size(), variadic);
        Candidate<Routine> exact = Candidates.exact(candidates, argumentTypes);
        if (exact != null) {
            return resolved(exact, argumentTypes);
        }
        ResolvedRoutine conversion = conversion(name, argumentTypes);
        if (conversion != null) {
            return conversion;
        }
        Candidates.Choice<Routine> choice = Candidates.choose(candidates, argumentTypes);
        if (choice.best() == null) {
            throw noChoice(name, argumentTypes, choice.ambiguous());
        }
        return resolved(choice.best(), argumentTypes);
    }

    public Operators operators() {
        return operators;
    }

    /// Whether any function or aggregate has the name.
    public boolean exists(String name) {
        return byName.containsKey(name);
    }

    /// All functions and aggregates of a name.
    public List<Routine> named(String name) {
        return Collections.unmodifiableList(byName.getOrDefault(name, List.of()));
    }

    public @Nullable Routine byOid(int oid) {
        return byOid.get(oid);
    }

    /// Every row of `pg_proc`.
    public Collection<Routine> all() {
        return Collections.unmodifiableCollection(byOid.values());
    }

    private List<Candidate<Routine>> candidates(String name, int count, boolean variadic) {
        List<Candidate<Routine>> candidates = new ArrayList<>();
        List<Candidate<Routine>> expanded = new ArrayList<>();
        for (Routine routine : byName.getOrDefault(name, List.of())) {
            List<SqlType> types = routine.argumentTypes();
            boolean ofAny = routine.variadic() && types.getLast().sameTypeAs(SqlType.ANY);
            if (routine.variadic() && !variadic && count >= types.size()) {
                expanded.add(new Candidate<>(routine, expand(types, count), !ofAny));
            } else if (types.size() == count && (!variadic || routine.variadic())) {
                candidates.add(new Candidate<>(routine, types, false));
            }
        }
        // Of two with the same types the one that need not be expanded comes first.
        candidates.addAll(expanded);
        return candidates;
    }

    private static List<SqlType> expand(List<SqlType> types, int count) {
        List<SqlType> expanded = new ArrayList<>(types.subList(0, types.size() - 1));
        SqlType last = types.getLast();
        SqlType each =
                switch (last.name()) {
                    case "anyarray" -> SqlType.ANYELEMENT;
                    case "anycompatiblearray" -> SqlType.ANYCOMPATIBLE;
                    default -> last.element() == null ? last : last.element();
                };
        while (expanded.size() < count) {
            expanded.add(each);
        }
        return expanded;
    }

    /// `int8(x)`: the name is that of a type that the argument can be cast to.
    private static @Nullable ResolvedRoutine conversion(String name, List<SqlType> arguments) {
        if (arguments.size() != 1) {
            return null;
        }
        SqlType target = Types.byName(name);
        SqlType source = arguments.getFirst();
        if (target == null || !Casts.canCoerce(source, target, CastContext.EXPLICIT)) {
            return null;
        }
        return new ResolvedRoutine.TypeConversion(source, target);
    }

    private static ResolvedRoutine resolved(Candidate<Routine> choice, List<SqlType> arguments) {
        Routine routine = choice.routine();
        List<SqlType> types = choice.types();
        SqlType result = routine.resultType();
        if (Polymorphism.isPolymorphic(types)) {
            Polymorphism settled =
                    Check.present(
                            Polymorphism.settle(types, arguments), "candidates are consistent");
            types = types.stream().map(settled::actual).toList();
            result = settled.actual(result);
        }
        types = withActualAny(types, arguments);
        return switch (routine) {
            case AggregateFunction aggregate -> new ResolvedAggregate(aggregate, types, result);
            case WindowFunction window -> new ResolvedWindow(window, types, result);
            case SqlFunction function ->
                    new ResolvedFunction(
                            function,
                            types,
                            result,
                            Calls.implementation(
                                    function, types, result, choice.variadicExpanded()));
        };
    }

    /// An argument of type `any` keeps its own type; an unknown literal becomes text.
    static List<SqlType> withActualAny(List<SqlType> types, List<SqlType> arguments) {
        List<SqlType> actual = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            boolean any = types.get(i).sameTypeAs(SqlType.ANY);
            actual.add(any ? arguments.get(i) : types.get(i));
        }
        return List.copyOf(actual);
    }

    private static QuorateException noChoice(
            String name, List<SqlType> arguments, boolean ambiguous) {
        StringBuilder call = new StringBuilder(name).append('(');
        for (int i = 0; i < arguments.size(); i++) {
            call.append(i == 0 ? "" : ", ")
                    .append(TypeNames.format(arguments.get(i).withTypmod(-1)));
        }
        call.append(')');
        return ambiguous
                ? new QuorateException(
                                ErrorCode.AMBIGUOUS_FUNCTION, "function " + call + " is not unique")
                        .withHint(
                                "Could not choose a best candidate function. You might need to add"
                                        + " explicit type casts.")
                : new QuorateException(
                                ErrorCode.UNDEFINED_FUNCTION,
                                "function " + call + " does not exist")
                        .withHint(
                                "No function matches the given name and argument types. You might"
                                        + " need to add explicit type casts.");
    }
}
