package io.quorate.raftstore.raft.search;

/// Searches all worlds, or those named, for as many states in all as `-Dsearch.states` says.
final class RaftSearch {
    private RaftSearch() {}

    public static void main(String[] names) {
        int states = Integer.getInteger("search.states", 10_000_000);
        for (World world : Worlds.all()) {
            if (names.length == 0 || java.util.List.of(names).contains(world.name())) {
                long start = System.nanoTime();
                Search.Result result = new Search(world).run(states);
                double s = (System.nanoTime() - start) / 1e9;
                System.out.printf("%s in %.1f s, %.0f states/s, heap %d MB%n", result, s, result.states() / s,
                   (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
            }
        }
    }
}
