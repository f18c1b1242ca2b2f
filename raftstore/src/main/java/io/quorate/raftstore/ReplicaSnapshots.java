package io.quorate.raftstore;

import io.quorate.common.check.Check;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.log.GroupLog;
import io.quorate.raftstore.raft.Message;
import io.quorate.raftstore.raft.Snapshot;
import io.quorate.raftstore.snapshot.Members;
import io.quorate.raftstore.wire.SnapshotRequest.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The snapshots of one replica: as a leader, pictures of its state taken for members that need one;
/// as a follower, the one that it is being replaced by. Owned by the loop.
///
/// The way in: a whole snapshot arrives; the core is told and hands it out to be installed, or not;
/// the log durably notes its beginning; the state machine is replaced; everything that promises
/// something of the new state is let go; the log notes the end; the file is deleted. A crash anywhere
/// between beginning and end begins the replacing again.
final class ReplicaSnapshots {
    /// A picture that nobody fetched for so many looks is let go: it holds up the state machine's
    /// own tidying.
    private static final int LOOKS_AT_HAND_MAX = 10;

    private final GroupLog log;

    /// A picture of the state that no member was given yet.
    private @Nullable SnapshotSource atHand;

    private int looksAtHand;
    private boolean wanted;
    private boolean asked;

    /// Given out by the core, and not yet met on its way out.
    private final List<SnapshotSource> promised = new ArrayList<>();

    /// What arrived whole and was told to the core, who has not said yet what becomes of it.
    private @Nullable Key arrived;

    /// What is being installed.
    private @Nullable Key installing;

    /// Messages that promise something of what is being installed.
    private final List<Message> held = new ArrayList<>();

    ReplicaSnapshots(GroupLog log) {
        this.log = log;
        log.takeSnapshotsFrom(this::take);
    }

    /// Whether the state machine should be asked for a picture; true once for each.
    boolean mustAsk() {
        boolean ask = wanted && !asked && atHand == null;
        wanted = false;
        asked |= ask;
        return ask;
    }

    /// The state machine gave one, or none.
    void taken(@Nullable SnapshotSource source, boolean leading) {
        asked = false;
        if (source == null) {
            return;
        }
        if (atHand != null || !leading) {
            source.close();
        } else {
            atHand = source;
            looksAtHand = 0;
        }
    }

    /// The picture that a message on its way out speaks of.
    SnapshotSource promisedFor(Message.InstallSnapshot install) {
        for (int place = 0; place < promised.size(); place++) {
            if (promised.get(place).index() == install.snapshot().index()) {
                return promised.remove(place);
            }
        }
        throw Check.unreachable("a snapshot is sent that was taken before");
    }

    void look() {
        looksAtHand++;
        if (looksAtHand > LOOKS_AT_HAND_MAX) {
            drop();
        }
    }

    /// Lets go of what is at hand: leadership is lost, or the replica ends.
    void drop() {
        if (atHand != null) {
            atHand.close();
            atHand = null;
        }
        promised.forEach(SnapshotSource::close);
        promised.clear();
    }

    /// A snapshot arrived whole and is told to the core now. False if another one is on its way.
    boolean arrive(Key key) {
        if (installing != null || arrived != null) {
            return false;
        }
        arrived = key;
        return true;
    }

    /// What arrived and was not wanted by the core after all; null if there is no such thing.
    @Nullable Key takeUnwanted() {
        Key unwanted = arrived;
        arrived = null;
        return unwanted;
    }

    /// The core wants it installed.
    Key begin(Snapshot snapshot) {
        Key key = Check.present(arrived, "a snapshot is installed that arrived before");
        Check.that(
                key.index() == snapshot.index() && key.term() == snapshot.term(),
                "the snapshot at %d is installed as index %d",
                key.index(),
                snapshot.index());
        arrived = null;
        installing = key;
        return key;
    }

    /// A crash came between beginning and end; it was installed again at opening.
    void reinstalled(Key key) {
        installing = key;
    }

    boolean isInstalling() {
        return installing != null;
    }

    boolean isInstalling(Key key) {
        return key.equals(installing) || key.equals(arrived);
    }

    void hold(List<Message> messages) {
        held.addAll(messages);
    }

    /// It is installed: what was held may go.
    List<Message> end() {
        Check.that(installing != null, "what ends was begun");
        installing = null;
        List<Message> free = List.copyOf(held);
        held.clear();
        return free;
    }

    /// Asked by the core where the log does not reach back to what a member needs.
    private @Nullable Snapshot take() {
        SnapshotSource source = atHand;
        if (source != null && source.index() < log.firstIndex() - 1) {
            // The log went on without it: whoever installed it would need another one.
            drop();
            source = null;
        }
        if (source == null) {
            wanted = true;
            return null;
        }
        atHand = null;
        promised.add(source);
        Membership members = source.members();
        return new Snapshot(source.index(), source.term(), Members.toCore(members), source.label());
    }
}
