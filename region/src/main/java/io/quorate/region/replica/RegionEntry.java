package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.StorageEngine.Family;
import java.util.ArrayList;
import java.util.List;

/// What a region's log holds. Every entry names the epoch it was made for: applied at another one it
/// does nothing, on every replica alike.
sealed interface RegionEntry {
    int VERSION = 1;
    int WRITE = 1;
    int SPLIT = 2;

    RegionEpoch epoch();

    /// What a command writes.
    record Write(RegionEpoch epoch, EngineBatch writes) implements RegionEntry {}

    /// Cuts the region at keys in ascending order; the parts after the first get new ids.
    record Split(RegionEpoch epoch, List<ByteSlice> at, List<RegionId> newRegions)
            implements RegionEntry {}

    default ByteSlice encode() {
        ByteWriter out = new ByteWriter(256);
        out.putByte(VERSION);
        switch (this) {
            case Write write -> {
                out.putByte(WRITE);
                putEpoch(out, write.epoch);
                putWrites(out, write.writes);
            }
            case Split split -> {
                out.putByte(SPLIT);
                putEpoch(out, split.epoch);
                out.putVarInt(split.at.size());
                for (int i = 0; i < split.at.size(); i++) {
                    out.putBytes(split.at.get(i));
                    out.putVarLong(split.newRegions.get(i).value());
                }
            }
        }
        return out.toSlice();
    }

    static RegionEntry decode(ByteSlice bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.getByte();
        if (version != VERSION) {
            throw new CorruptBytes("region entry of version " + version);
        }
        int type = in.getByte();
        RegionEpoch epoch = new RegionEpoch(in.getVarLong(), in.getVarLong());
        RegionEntry entry =
                switch (type) {
                    case WRITE -> new Write(epoch, getWrites(in));
                    case SPLIT -> getSplit(epoch, in);
                    default -> throw new CorruptBytes("region entry of type " + type);
                };
        in.expectEnd();
        return entry;
    }

    private static void putEpoch(ByteWriter out, RegionEpoch epoch) {
        out.putVarLong(epoch.version());
        out.putVarLong(epoch.confVersion());
    }

    private static void putWrites(ByteWriter out, EngineBatch batch) {
        out.putVarInt(batch.writes().size());
        for (EngineBatch.Write write : batch.writes()) {
            ByteSlice value = write.value();
            out.putByte(familyNumber(write.family()) << 1 | (value == null ? 0 : 1));
            out.putBytes(write.key());
            if (value != null) {
                out.putBytes(value);
            }
        }
    }

    private static EngineBatch getWrites(ByteReader in) {
        EngineBatch batch = new EngineBatch();
        int count = in.getCount();
        for (int i = 0; i < count; i++) {
            int tag = in.getByte();
            Family family = family(tag >>> 1);
            ByteSlice key = in.getBytes();
            if ((tag & 1) == 0) {
                batch.delete(family, key);
            } else {
                batch.put(family, key, in.getBytes());
            }
        }
        return batch;
    }

    private static Split getSplit(RegionEpoch epoch, ByteReader in) {
        int count = in.getCount();
        List<ByteSlice> at = new ArrayList<>(count);
        List<RegionId> newRegions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            at.add(in.getBytes());
            newRegions.add(new RegionId(in.getVarLong()));
        }
        return new Split(epoch, at, newRegions);
    }

    private static int familyNumber(Family family) {
        return switch (family) {
            case DEFAULT -> 0;
            case LOCK -> 1;
            case WRITE -> 2;
            case STATE -> throw new IllegalArgumentException("no command writes STATE");
        };
    }

    private static Family family(int number) {
        return switch (number) {
            case 0 -> Family.DEFAULT;
            case 1 -> Family.LOCK;
            case 2 -> Family.WRITE;
            default -> throw new CorruptBytes("region entry writes to family " + number);
        };
    }
}
