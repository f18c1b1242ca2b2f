package io.quorate.raftstore.raft.search;

import io.quorate.raftstore.raft.ConfChange;
import io.quorate.raftstore.raft.ConfState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is possible in a search, and so how many states there are.
///
/// @param members of the group at the start; the replicas are 1 to `size` whether members or not
/// @param termMax no replica campaigns for a later term
/// @param indexMax no leader takes a proposal past this index; opening entries may pass it
/// @param crashesMax how often, in all, a replica may stop
/// @param slowDisks whether writes take their time; otherwise each is durable at once
/// @param ticks whether leaders send heartbeats
/// @param preVote as in the configuration of the core
/// @param change a change of membership that leaders may propose, once; null for none
/// @param scene what happens before the search begins, see [SceneSetter]
public record World(
        String name,
        int size,
        ConfState members,
        long termMax,
        long indexMax,
        int crashesMax,
        boolean slowDisks,
        boolean ticks,
        boolean preVote,
        @Nullable ConfChange change,
        List<String> scene) {

    /// Three replicas, two terms, three entries, one crash, fast disks, no heartbeats.
    static World of(String name, ConfState members) {
        return new World(name, 3, members, 2, 3, 1, false, false, false, null, List.of());
    }

    World bounded(long newTermMax, long newIndexMax, int newCrashesMax) {
        return new World(
                name,
                size,
                members,
                newTermMax,
                newIndexMax,
                newCrashesMax,
                slowDisks,
                ticks,
                preVote,
                change,
                scene);
    }

    World withSlowDisks() {
        return new World(
                name,
                size,
                members,
                termMax,
                indexMax,
                crashesMax,
                true,
                ticks,
                preVote,
                change,
                scene);
    }

    World withTicks() {
        return new World(
                name,
                size,
                members,
                termMax,
                indexMax,
                crashesMax,
                slowDisks,
                true,
                preVote,
                change,
                scene);
    }

    World withPreVotes() {
        return new World(
                name,
                size,
                members,
                termMax,
                indexMax,
                crashesMax,
                slowDisks,
                ticks,
                true,
                change,
                scene);
    }

    World changing(ConfChange newChange) {
        return new World(
                name,
                size,
                members,
                termMax,
                indexMax,
                crashesMax,
                slowDisks,
                ticks,
                preVote,
                newChange,
                scene);
    }

    World after(List<String> newScene) {
        return new World(
                name,
                size,
                members,
                termMax,
                indexMax,
                crashesMax,
                slowDisks,
                ticks,
                preVote,
                change,
                newScene);
    }
}
