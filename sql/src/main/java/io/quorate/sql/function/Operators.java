package io.quorate.sql.function;

import io.quorate.common.check.Check;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.function.Candidates.Candidate;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The operators, and which of them an expression means. Immutable.
public final class Operators {
    private final Map<Integer, SqlOperator> byOid = new LinkedHashMap<>();
    private final Map<String, List<Candidate<SqlOperator>>> binary = new TreeMap<>();
    private final Map<String, List<Candidate<SqlOperator>>> prefix = new TreeMap<>();

    Operators(List<SqlOperator> all) {
        for (SqlOperator operator : all) {
            byOid.put(operator.oid(), operator);
            SqlType left = operator.left();
            List<SqlType> types =
                    left == null ? List.of(operator.right()) : List.of(left, operator.right());
            (left == null ? prefix : binary)
                    .computeIfAbsent(operator.symbol(), symbol -> new ArrayList<>())
                    .add(new Candidate<>(operator, types, false));
        }
    }

    /// As [Functions#resolve(String, List)].
    ///
    /// @param left null for a prefix operator
    public ResolvedOperator resolve(String symbol, @Nullable SqlType left, SqlType right) {
        List<SqlType> arguments = left == null ? List.of(right) : List.of(left, right);
        List<Candidate<SqlOperator>> candidates =
                (left == null ? prefix : binary).getOrDefault(symbol, List.of());
        Candidate<SqlOperator> exact = Candidates.exact(candidates, likeTheOther(arguments));
        if (exact != null) {
            return resolved(exact, arguments);
        }
        Candidates.Choice<SqlOperator> choice = Candidates.choose(candidates, arguments);
        if (choice.best() == null) {
            throw noChoice(symbol, arguments, choice.ambiguous());
        }
        return resolved(choice.best(), arguments);
    }

    public @Nullable SqlOperator byOid(int oid) {
        return byOid.get(oid);
    }

    /// Every row of `pg_operator`.
    public Collection<SqlOperator> all() {
        return Collections.unmodifiableCollection(byOid.values());
    }

    /// An unknown side is first taken as of the other side's type.
    private static List<SqlType> likeTheOther(List<SqlType> arguments) {
        if (arguments.size() == 1) {
            return arguments;
        }
        SqlType left = arguments.get(0);
        SqlType right = arguments.get(1);
        return List.of(
                left.kind() == TypeKind.UNKNOWN ? right : left,
                right.kind() == TypeKind.UNKNOWN ? left : right);
    }

    private static ResolvedOperator resolved(
            Candidate<SqlOperator> choice, List<SqlType> arguments) {
        SqlOperator operator = choice.routine();
        List<SqlType> types = choice.types();
        SqlType result = operator.resultType();
        if (Polymorphism.isPolymorphic(types)) {
            Polymorphism settled =
                    Check.present(
                            Polymorphism.settle(types, arguments), "candidates are consistent");
            types = types.stream().map(settled::actual).toList();
            result = settled.actual(result);
        }
        types = Functions.withActualAny(types, arguments);
        Implementation implementation =
                Calls.implementation(operator.function(), types, result, false);
        return new ResolvedOperator(operator, types, result, implementation);
    }

    private static QuorateException noChoice(
            String symbol, List<SqlType> arguments, boolean ambiguous) {
        StringBuilder expression = new StringBuilder();
        if (arguments.size() == 2) {
            expression.append(arguments.get(0).withTypmod(-1).format()).append(' ');
        }
        expression.append(symbol).append(' ');
        expression.append(arguments.getLast().withTypmod(-1).format());
        if (ambiguous) {
            return new QuorateException(
                            ErrorCode.AMBIGUOUS_FUNCTION, "operator is not unique: " + expression)
                    .withHint(
                            "Could not choose a best candidate operator. You might need to add"
                                    + " explicit type casts.");
        }
        return new QuorateException(
                        ErrorCode.UNDEFINED_FUNCTION, "operator does not exist: " + expression)
                .withHint(
                        arguments.size() == 1
                                ? "No operator matches the given name and argument type. You might"
                                        + " need to add an explicit type cast."
                                : "No operator matches the given name and argument types. You"
                                        + " might need to add explicit type casts.");
    }
}
