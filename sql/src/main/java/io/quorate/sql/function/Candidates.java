package io.quorate.sql.function;

import io.quorate.sql.type.CastContext;
import io.quorate.sql.type.Casts;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeCategory;
import io.quorate.sql.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's choice among routines of one name (chapter "Type Conversion" of its manual):
/// those that the arguments can be coerced to, then the most exact matches, then the preferred
/// types, then a guess for the literals of unknown type.
final class Candidates {
    /// One routine, with one type for each argument of the call.
    record Candidate<R>(R routine, List<SqlType> types, boolean variadicExpanded) {}

    /// What the search found: one, none, or several equally good.
    record Choice<R>(@Nullable Candidate<R> best, boolean ambiguous) {}

    private Candidates() {}

    /// The candidate whose types are those of the arguments.
    static <R> @Nullable Candidate<R> exact(
            List<Candidate<R>> candidates, List<SqlType> arguments) {
        for (Candidate<R> candidate : candidates) {
            if (sameTypes(candidate.types(), arguments)) {
                return candidate;
            }
        }
        return null;
    }

    static <R> Choice<R> choose(List<Candidate<R>> all, List<SqlType> arguments) {
        List<Candidate<R>> candidates = new ArrayList<>();
        for (Candidate<R> candidate : all) {
            if (Casts.canCoerce(arguments, candidate.types(), CastContext.IMPLICIT)
                    && Polymorphism.consistent(candidate.types(), arguments)) {
                candidates.add(candidate);
            }
        }
        if (candidates.size() <= 1) {
            return new Choice<>(candidates.isEmpty() ? null : candidates.getFirst(), false);
        }
        Candidate<R> best = select(candidates, arguments);
        return new Choice<>(best, best == null);
    }

    /// PostgreSQL's `func_select_candidate`.
    private static <R> @Nullable Candidate<R> select(
            List<Candidate<R>> all, List<SqlType> arguments) {
        List<Candidate<R>> candidates = keepBest(all, each -> exactMatches(each, arguments));
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        candidates = keepBest(candidates, each -> preferredMatches(each, arguments));
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        long unknowns = arguments.stream().filter(Candidates::isUnknown).count();
        if (unknowns == 0) {
            return null;
        }
        candidates = keepByUnknowns(candidates, arguments);
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        return unknowns < arguments.size() ? byOneKnownType(candidates, arguments) : null;
    }

    private static <R> List<Candidate<R>> keepBest(
            List<Candidate<R>> candidates, ToIntFunction<Candidate<R>> matches) {
        int most = 0;
        for (Candidate<R> candidate : candidates) {
            most = Math.max(most, matches.applyAsInt(candidate));
        }
        List<Candidate<R>> kept = new ArrayList<>();
        for (Candidate<R> candidate : candidates) {
            if (matches.applyAsInt(candidate) == most) {
                kept.add(candidate);
            }
        }
        return kept;
    }

    private static int exactMatches(Candidate<?> candidate, List<SqlType> arguments) {
        int matches = 0;
        for (int i = 0; i < arguments.size(); i++) {
            SqlType argument = arguments.get(i);
            if (!isUnknown(argument) && candidate.types().get(i).sameTypeAs(argument)) {
                matches++;
            }
        }
        return matches;
    }

    private static int preferredMatches(Candidate<?> candidate, List<SqlType> arguments) {
        int matches = 0;
        for (int i = 0; i < arguments.size(); i++) {
            SqlType argument = arguments.get(i);
            SqlType type = candidate.types().get(i);
            boolean preferred = type.preferred() && type.category() == argument.category();
            if (!isUnknown(argument) && (preferred || type.sameTypeAs(argument))) {
                matches++;
            }
        }
        return matches;
    }

    /// An unknown literal goes for a string where any candidate takes one, else for the category
    /// that all candidates share; within it for the preferred type.
    private static <R> List<Candidate<R>> keepByUnknowns(
            List<Candidate<R>> candidates, List<SqlType> arguments) {
        List<Candidate<R>> kept = candidates;
        for (int i = 0; i < arguments.size(); i++) {
            if (!isUnknown(arguments.get(i))) {
                continue;
            }
            TypeCategory category = categoryOf(candidates, i);
            if (category == null) {
                return candidates;
            }
            boolean preferred = false;
            for (Candidate<R> candidate : candidates) {
                SqlType type = candidate.types().get(i);
                preferred |= type.category() == category && type.preferred();
            }
            List<Candidate<R>> next = new ArrayList<>();
            for (Candidate<R> candidate : kept) {
                SqlType type = candidate.types().get(i);
                if (type.category() == category && (!preferred || type.preferred())) {
                    next.add(candidate);
                }
            }
            kept = next;
        }
        return kept.isEmpty() ? candidates : kept;
    }

    private static <R> @Nullable TypeCategory categoryOf(List<Candidate<R>> candidates, int slot) {
        TypeCategory first = candidates.getFirst().types().get(slot).category();
        boolean conflict = false;
        for (Candidate<R> candidate : candidates) {
            TypeCategory category = candidate.types().get(slot).category();
            if (category == TypeCategory.STRING) {
                return category;
            }
            conflict |= category != first;
        }
        return conflict ? null : first;
    }

    /// Where all known arguments are of one type, the unknown ones are taken as of it too.
    private static <R> @Nullable Candidate<R> byOneKnownType(
            List<Candidate<R>> candidates, List<SqlType> arguments) {
        SqlType known = null;
        for (SqlType argument : arguments) {
            if (isUnknown(argument)) {
                continue;
            }
            if (known != null && !known.sameTypeAs(argument)) {
                return null;
            }
            known = argument;
        }
        if (known == null) {
            return null;
        }
        Candidate<R> found = null;
        List<SqlType> allKnown = Collections.nCopies(arguments.size(), known);
        for (Candidate<R> candidate : candidates) {
            boolean fits = Polymorphism.consistent(candidate.types(), allKnown);
            for (SqlType type : candidate.types()) {
                fits &= Casts.canCoerce(known, type, CastContext.IMPLICIT);
            }
            if (fits) {
                if (found != null) {
                    return null;
                }
                found = candidate;
            }
        }
        return found;
    }

    private static boolean sameTypes(List<SqlType> types, List<SqlType> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (!types.get(i).sameTypeAs(arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnknown(SqlType type) {
        return type.kind() == TypeKind.UNKNOWN;
    }
}
