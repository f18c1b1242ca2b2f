package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.raftstore.api.StateMachine;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.replica.RegionRecords.Applied;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies a region's log to the engine. Entries that come together become one batch, which holds
/// the mark of the last of them as well, so data and mark are never apart, not even after a crash.
final class RegionMachine implements StateMachine {
    private final StorageEngine engine;
    private final Listener listener;

    /// Written by the applying thread only.
    private volatile RegionDescriptor descriptor;

    /// The regions this one was cut into last, as they were born: for clients that come with an older
    /// epoch.
    private volatile List<RegionDescriptor> lastDivision = List.of();

    private volatile Applied applied;
    private volatile long durableIndex;
    private volatile @Nullable Membership members;

    /// Told by the applying thread, in log order; must not block.
    interface Listener {
        /// These locks are removed. `keys` is reused: look at it now.
        void locksRemoved(List<ByteSlice> keys);

        /// `bytes` went into the engine and are not flushed yet.
        void written(long bytes);

        /// The region's borders changed. The new regions are in the engine and wait to be opened.
        void divided(List<RegionDescriptor> newRegions);

        void roleChanged(Role role);

        /// All of the region was replaced, borders included. Told by another thread, but before
        /// anything more is applied.
        void replaced();

        /// Nothing of the region is left here.
        void destroyed();

        /// Wants what was written to be flushed soon.
        void flushWanted();

        /// Which other region of this store has keys in that range; null if none has.
        @Nullable RegionId overlapping(KeyRange range);
    }

    RegionMachine(StorageEngine engine, RegionDescriptor descriptor, Listener listener) {
        this.engine = engine;
        this.descriptor = descriptor;
        this.listener = listener;
        applied = isUnborn() ? new Applied(0, 0) : RegionRecords.applied(engine, descriptor.id());
        members = isUnborn() ? null : RegionRecords.members(engine, descriptor.id());
        refreshDurableIndex();
    }

    /// A region of which this store knows nothing but the id.
    static RegionDescriptor unborn(RegionId id) {
        return new RegionDescriptor(
                id,
                new RegionEpoch(0, 0),
                new KeyRange(ByteSlice.EMPTY, ByteSlice.EMPTY),
                List.of());
    }

    private boolean isUnborn() {
        return descriptor.epoch().version() == 0;
    }

    RegionDescriptor descriptor() {
        return descriptor;
    }

    List<RegionDescriptor> lastDivision() {
        return lastDivision;
    }

    /// Looks up what the engine made durable since.
    void refreshDurableIndex() {
        if (isUnborn()) {
            return;
        }
        Applied persisted = RegionRecords.persistedApplied(engine, descriptor.id());
        if (persisted != null) {
            Check.that(
                    persisted.index() >= durableIndex,
                    "what is durable stays so: index %s after %s",
                    persisted.index(),
                    durableIndex);
            durableIndex = persisted.index();
        }
    }

    @Override
    public long appliedIndex() {
        return applied.index();
    }

    @Override
    public long appliedTerm() {
        return applied.term();
    }

    @Override
    public long durableIndex() {
        return durableIndex;
    }

    @Override
    public void roleChanged(Role role) {
        listener.roleChanged(role);
    }

    @Override
    public @Nullable Membership members() {
        return members;
    }

    @Override
    public void makeDurable() {
        listener.flushWanted();
    }

    @Override
    public SnapshotSource snapshot(Membership current) {
        return new RegionSnapshot(engine.snapshot(), descriptor, applied, current);
    }

    /// Regions of a store never overlap. A snapshot of a region that a split made here waits until
    /// the split is applied to the region that still has its keys.
    @Override
    public @Nullable String refusal(ByteSlice label) {
        RegionDescriptor offered = RegionRecords.decodeDescriptor(label);
        RegionId other = listener.overlapping(offered.range());
        return other == null ? null : other + " still has keys of " + offered.id() + " here";
    }

    /// The records go first: a crash leaves either a whole region or data that belongs to none.
    @Override
    public void destroy() {
        EngineBatch records = new EngineBatch();
        RegionRecords.delete(records, descriptor.id());
        engine.write(records);
        RegionSnapshot.clear(engine, descriptor.range());
        engine.flush();
        listener.destroyed();
    }

    /// The old records of the region stay until the new ones are written, last: a crash leaves a region
    /// that is opened, and replaced again before anybody reads it.
    @Override
    public void install(SnapshotSource snapshot) {
        RegionDescriptor replacement = RegionRecords.decodeDescriptor(snapshot.label());
        RegionSnapshot.clear(engine, descriptor.range());
        RegionSnapshot.clear(engine, replacement.range());
        RegionSnapshot.write(engine, snapshot);
        Applied reached = new Applied(snapshot.index(), snapshot.term());
        EngineBatch records = new EngineBatch();
        RegionRecords.putDescriptor(records, replacement);
        RegionRecords.putApplied(records, replacement.id(), reached);
        RegionRecords.putMembers(records, replacement.id(), snapshot.members());
        engine.write(records);
        engine.flush();
        descriptor = replacement;
        lastDivision = List.of();
        applied = reached;
        members = snapshot.members();
        durableIndex = reached.index();
        listener.replaced();
    }

    @Override
    public List<Object> apply(List<CommittedEntry> entries) {
        Batch batch = new Batch(descriptor, applied, members);
        List<Object> results = new ArrayList<>(entries.size());
        for (CommittedEntry entry : entries) {
            results.add(batch.add(entry));
        }
        RegionRecords.putApplied(batch.writes, batch.descriptor.id(), batch.applied);
        engine.write(batch.writes);
        descriptor = batch.descriptor;
        applied = batch.applied;
        members = batch.members;
        listener.written(batch.bytes);
        if (!batch.removedLocks.isEmpty()) {
            listener.locksRemoved(batch.removedLocks);
        }
        if (!batch.newRegions.isEmpty()) {
            lastDivision = List.copyOf(batch.newRegions);
            listener.divided(lastDivision);
        }
        return results;
    }

    /// Entries on their way into the engine.
    private final class Batch {
        private final EngineBatch writes = new EngineBatch();
        private final List<ByteSlice> removedLocks = new ArrayList<>();
        private final List<RegionDescriptor> newRegions = new ArrayList<>();
        private RegionDescriptor descriptor;
        private Applied applied;
        private long bytes;

        private @Nullable Membership members;

        Batch(RegionDescriptor descriptor, Applied applied, @Nullable Membership members) {
            this.descriptor = descriptor;
            this.applied = applied;
            this.members = members;
        }

        ApplyResult add(CommittedEntry entry) {
            Check.that(
                    entry.index() == applied.index() + 1,
                    "entries are applied without gaps: %s after %s",
                    entry.index(),
                    applied.index());
            Check.that(
                    entry.term() >= applied.term(),
                    "terms grow along the log: %s after %s",
                    entry.term(),
                    applied.term());
            applied = new Applied(entry.index(), entry.term());
            bytes += entry.data().length();
            if (entry.members() != null) {
                changeMembers(entry.members());
            }
            if (entry.data().isEmpty()) {
                return new ApplyResult.Written();
            }
            return switch (RegionEntry.decode(entry.data())) {
                case RegionEntry.Write write -> write(write);
                case RegionEntry.Split split -> split(split);
            };
        }

        /// The group itself decides who belongs to it; the region only follows.
        private void changeMembers(Membership current) {
            members = current;
            RegionEpoch epoch = descriptor.epoch();
            descriptor =
                    new RegionDescriptor(
                            descriptor.id(),
                            new RegionEpoch(epoch.version(), epoch.confVersion() + 1),
                            descriptor.range(),
                            current.all());
            RegionRecords.putDescriptor(writes, descriptor);
            RegionRecords.putMembers(writes, descriptor.id(), current);
        }

        /// Data moves with the borders alone, so only their version counts.
        private ApplyResult write(RegionEntry.Write write) {
            if (write.epoch().version() != descriptor.epoch().version()) {
                return new ApplyResult.StaleEpoch();
            }
            for (EngineBatch.Write one : write.writes().writes()) {
                writes.add(one);
                if (one.family() == Family.LOCK && one.value() == null) {
                    removedLocks.add(one.key());
                }
            }
            return new ApplyResult.Written();
        }

        private ApplyResult split(RegionEntry.Split split) {
            if (!split.epoch().equals(descriptor.epoch()) || anyExists(split.newRegions())) {
                return new ApplyResult.StaleEpoch();
            }
            List<RegionDescriptor> parts = Division.of(descriptor, split.at(), split.newRegions());
            descriptor = parts.getFirst();
            RegionRecords.putDescriptor(writes, descriptor);
            for (RegionDescriptor part : parts.subList(1, parts.size())) {
                RegionRecords.putNewRegion(writes, part);
                if (members != null) {
                    RegionRecords.putMembers(writes, part.id(), members);
                }
                newRegions.add(part);
            }
            return new ApplyResult.Divided(parts);
        }

        private boolean anyExists(List<RegionId> ids) {
            return ids.stream()
                    .anyMatch(id ->
                            RegionRecords.exists(engine, id)
                                    || newRegions.stream()
                                            .anyMatch(region -> region.id().equals(id)));
        }
    }

    /// How a region is cut.
    static final class Division {
        private Division() {}

        /// The parts in key order. The first keeps the id; all have the same, higher version, which
        /// grows by the number of new regions.
        static List<RegionDescriptor> of(
                RegionDescriptor whole, List<ByteSlice> at, List<RegionId> newRegions) {
            Check.that(
                    isPossible(whole, at, newRegions), "a region is cut at keys inside, ascending");
            RegionEpoch epoch =
                    new RegionEpoch(
                            whole.epoch().version() + at.size(), whole.epoch().confVersion());
            List<RegionDescriptor> parts = new ArrayList<>();
            RegionId id = whole.id();
            ByteSlice start = whole.range().start();
            for (int i = 0; i <= at.size(); i++) {
                @Nullable ByteSlice end = i < at.size() ? at.get(i) : whole.range().end();
                parts.add(
                        new RegionDescriptor(
                                id, epoch, new KeyRange(start, end), whole.replicas()));
                if (end != null && i < at.size()) {
                    id = newRegions.get(i);
                    start = end;
                }
            }
            return parts;
        }

        static boolean isPossible(
                RegionDescriptor whole, List<ByteSlice> at, List<RegionId> newRegions) {
            if (at.isEmpty() || at.size() != newRegions.size()) {
                return false;
            }
            ByteSlice previous = whole.range().start();
            for (ByteSlice key : at) {
                if (key.compareTo(previous) <= 0 || !whole.range().contains(key)) {
                    return false;
                }
                previous = key;
            }
            return newRegions.stream().distinct().count() == newRegions.size();
        }
    }
}
