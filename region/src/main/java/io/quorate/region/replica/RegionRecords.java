package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.Check;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.raftstore.api.Membership;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.EngineSnapshot;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import io.quorate.region.codec.RegionCodecs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the family STATE holds of the regions: a descriptor and an applied mark for each.
public final class RegionRecords {
    private static final int VERSION = 1;
    private static final int DESCRIPTOR_PREFIX = 'd';
    private static final int APPLIED_PREFIX = 'a';
    private static final int MEMBERS_PREFIX = 'm';

    private RegionRecords() {}

    /// Up to which entry of its log a region's data reaches.
    public record Applied(long index, long term) {
        /// Where the log of every region begins. Not at zero: a replica that has none of the data a
        /// region was born with must not believe that the log alone would give it everything.
        public static final Applied BIRTH = new Applied(5, 5);
    }

    /// All regions of a store, in the order of their ids.
    public static List<RegionDescriptor> readDescriptors(StorageEngine engine) {
        ByteSlice prefix = ByteSlice.of(DESCRIPTOR_PREFIX);
        List<RegionDescriptor> regions = new ArrayList<>();
        try (EngineSnapshot snapshot = engine.snapshot();
                EngineSnapshot.Cursor cursor =
                        snapshot.cursor(Family.STATE, prefix, prefix.prefixEnd())) {
            for (cursor.seekToFirst(); cursor.valid(); cursor.next()) {
                regions.add(decodeDescriptor(cursor.value()));
            }
        }
        return regions;
    }

    public static boolean exists(StorageEngine engine, RegionId region) {
        return engine.get(Family.STATE, key(DESCRIPTOR_PREFIX, region)) != null;
    }

    /// A region as it is born: without a log.
    public static void putNewRegion(EngineBatch batch, RegionDescriptor region) {
        putDescriptor(batch, region);
        putApplied(batch, region.id(), Applied.BIRTH);
    }

    static void putDescriptor(EngineBatch batch, RegionDescriptor region) {
        batch.put(Family.STATE, key(DESCRIPTOR_PREFIX, region.id()), encode(region));
    }

    static ByteSlice encode(RegionDescriptor region) {
        ByteWriter out = new ByteWriter();
        out.putByte(VERSION);
        RegionCodecs.DESCRIPTOR.write(region, out);
        return out.toSlice();
    }

    static void putApplied(EngineBatch batch, RegionId region, Applied applied) {
        ByteWriter out = new ByteWriter(17);
        out.putByte(VERSION);
        out.putLong(applied.index());
        out.putLong(applied.term());
        batch.put(Family.STATE, key(APPLIED_PREFIX, region), out.toSlice());
    }

    /// The members of the region's group, from the first change of them on.
    static void putMembers(EngineBatch batch, RegionId region, Membership members) {
        ByteWriter out = new ByteWriter();
        Membership.CODEC.write(members, out);
        batch.put(Family.STATE, key(MEMBERS_PREFIX, region), out.toSlice());
    }

    static @Nullable Membership members(StorageEngine engine, RegionId region) {
        ByteSlice bytes = engine.get(Family.STATE, key(MEMBERS_PREFIX, region));
        if (bytes == null) {
            return null;
        }
        ByteReader in = new ByteReader(bytes);
        Membership members = Membership.CODEC.read(in);
        in.expectEnd();
        return members;
    }

    /// The records of a region that is gone from the store.
    static void delete(EngineBatch batch, RegionId region) {
        batch.delete(Family.STATE, key(DESCRIPTOR_PREFIX, region));
        batch.delete(Family.STATE, key(APPLIED_PREFIX, region));
        batch.delete(Family.STATE, key(MEMBERS_PREFIX, region));
    }

    static Applied applied(StorageEngine engine, RegionId region) {
        ByteSlice bytes = engine.get(Family.STATE, key(APPLIED_PREFIX, region));
        return decodeApplied(
                Check.present(bytes, "a region with a descriptor has an applied mark"));
    }

    /// What a crash would leave; null if not even the region.
    static @Nullable Applied persistedApplied(StorageEngine engine, RegionId region) {
        ByteSlice bytes = engine.persisted(Family.STATE, key(APPLIED_PREFIX, region));
        return bytes == null ? null : decodeApplied(bytes);
    }

    static RegionDescriptor decodeDescriptor(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        expectVersion(in);
        RegionDescriptor region = RegionCodecs.DESCRIPTOR.read(in);
        in.expectEnd();
        return region;
    }

    private static Applied decodeApplied(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        expectVersion(in);
        Applied applied = new Applied(in.getLong(), in.getLong());
        in.expectEnd();
        return applied;
    }

    private static void expectVersion(ByteReader in) {
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("region record of version " + version);
        }
    }

    private static ByteSlice key(int prefix, RegionId region) {
        ByteWriter out = new ByteWriter(9);
        out.putByte(prefix);
        out.putLong(region.value());
        return out.toSlice();
    }
}
