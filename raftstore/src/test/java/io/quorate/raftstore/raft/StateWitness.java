package io.quorate.raftstore.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Runs interaction scripts and compares, after each directive, the roles, terms and memberships of
/// our replicas with what the log text of another implementation says of its own. We write no such
/// text, so that it is a witness apart from the transcript.
final class StateWitness implements Script.Handler {
    private static final Pattern BECAME =
            Pattern.compile("(?m)^ *INFO (\\d+) became ([a-z-]+) at term (\\d+)$");
    private static final Pattern SWITCHED =
            Pattern.compile("(?m)^ *INFO (\\d+) switched to configuration (.*)$");

    private final InteractionEnv env = new InteractionEnv();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    @Override
    public String run(Script.Directive directive) {
        String output = env.run(directive);
        lastOfEach(BECAME, directive.expected())
                .forEach((id, found) -> {
                    Raft raft = env.raft(id);
                    String role = raft.role().name().toLowerCase(Locale.ROOT).replace('_', '-');
                    compare(directive, found.group(2) + found.group(3), role + raft.term());
                });
        lastOfEach(SWITCHED, directive.expected())
                .forEach((id, found) ->
                        compare(
                                directive,
                                found.group(2),
                                env.raft(id).replica().tracker.members().toString()));
        return output;
    }

    List<String> differences() {
        return differences;
    }

    /// How many states could be compared.
    int compared() {
        return compared;
    }

    private void compare(Script.Directive directive, String theirs, String ours) {
        compared++;
        if (!theirs.equals(ours)) {
            differences.add("line %d: %s, ours %s".formatted(directive.line(), theirs, ours));
        }
    }

    /// The last thing said of each replica, which is how the directive left it.
    private static TreeMap<Long, MatchResult> lastOfEach(Pattern pattern, String text) {
        TreeMap<Long, MatchResult> last = new TreeMap<>();
        pattern.matcher(text)
                .results()
                .forEach(found -> last.put(Long.parseLong(found.group(1)), found));
        return last;
    }
}
