package io.quorate.raftstore.raft;

/// A bug to plant: `before`, found once in the file `source` of the core, becomes `after`.
///
/// @param name what the bug does, in words
/// @param incident where the field met it; empty for a textbook bug
/// @param killer the part of the tests that must notice, see [MutantRun]
record Mutant(
        String name, String incident, String killer, String source, String before, String after) {

    /// The source with the bug in it. Fails if the code has moved on and the place is not there.
    String plantIn(String text) {
        int at = text.indexOf(before);
        if (at < 0 || text.indexOf(before, at + 1) >= 0) {
            throw new IllegalStateException(name + ": not found exactly once in " + source);
        }
        return text.substring(0, at) + after + text.substring(at + before.length());
    }

    @Override
    public String toString() {
        return name;
    }
}
