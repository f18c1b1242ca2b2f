package io.quorate.raftstore.raft.search;

/// A safety property does not hold: its name and what contradicts it.
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String property) {
        super(property);
    }
}
