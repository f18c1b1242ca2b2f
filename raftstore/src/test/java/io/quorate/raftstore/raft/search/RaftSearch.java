package io.quorate.raftstore.raft.search;

import java.util.List;

/// Searches all worlds, or those named, as far as `-Dsearch.states` allows in each.
public final class RaftSearch {
    private static final int STATES_MAX = 2_000_000;

    private RaftSearch() {}

    public static void main(String[] names) {
        int statesMax = Integer.getInteger("search.states", STATES_MAX);
        long states = 0;
        boolean safe = true;
        for (World world : Worlds.all()) {
            if (names.length == 0 || List.of(names).contains(world.name())) {
                Search.Result result = new Search(world).run(statesMax);
                System.out.println(result);
                states += result.states();
                safe &= result.broken() == null;
            }
        }
        System.out.printf("%d states, %s%n", states, safe ? "all safe" : "NOT SAFE");
        if (!safe) {
            System.exit(1);
        }
    }

    /// Searches one world; throws [AssertionError] if a safety property does not hold.
    public static void check(String name, int statesMax) {
        Search.Result result = new Search(Worlds.named(name)).run(statesMax);
        if (result.broken() != null) {
            throw new AssertionError(result.broken());
        }
    }
}
