package io.quorate.region.codec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.LockKind;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionLocation;
import io.quorate.region.api.RegionReply;
import io.quorate.region.api.RegionRequest;
import io.quorate.tso.api.Timestamp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The codecs of this module, and those of the parts that requests and replies are made of.
public final class RegionCodecs {
    public static final Codec<RegionRequest> REQUEST = new RequestCodec();
    public static final Codec<RegionReply> REPLY = new ReplyCodec();

    /// A question for the regions in a range, and its answer.
    public static final Codec<KeyRange> LOCATE_REQUEST =
            new VersionedCodec<>(of(RegionCodecs::putRange, RegionCodecs::getRange));

    public static final Codec<List<RegionLocation>> LOCATE_REPLY =
            new VersionedCodec<>(
                    of(
                            (locations, out) -> putList(locations, out, RegionCodecs::putLocation),
                            in -> getList(in, RegionCodecs::getLocation)));

    /// Without a version: part of versioned records.
    public static final Codec<RegionDescriptor> DESCRIPTOR =
            of(RegionCodecs::putDescriptor, RegionCodecs::getDescriptor);

    private static final int LOCK_PUT = 1;
    private static final int LOCK_DELETE = 2;
    private static final int LOCK_LOCK = 3;
    private static final int LOCK_PESSIMISTIC = 4;

    private RegionCodecs() {}

    /// One direction of a codec.
    interface Put<T> {
        void put(T value, ByteWriter out);
    }

    /// The other direction.
    interface Get<T> {
        T get(ByteReader in);
    }

    static <T> void putList(List<T> values, ByteWriter out, Put<? super T> put) {
        out.putVarInt(values.size());
        values.forEach(value -> put.put(value, out));
    }

    static <T> List<T> getList(ByteReader in, Get<T> get) {
        int count = in.getCount();
        List<T> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(get.get(in));
        }
        return values;
    }

    static <T> void putOptional(@Nullable T value, ByteWriter out, Put<? super T> put) {
        out.putBoolean(value != null);
        if (value != null) {
            put.put(value, out);
        }
    }

    static <T> @Nullable T getOptional(ByteReader in, Get<T> get) {
        return in.getBoolean() ? get.get(in) : null;
    }

    static void putBytes(ByteSlice bytes, ByteWriter out) {
        out.putBytes(bytes);
    }

    static ByteSlice getBytes(ByteReader in) {
        return in.getBytes();
    }

    static void putTime(Timestamp timestamp, ByteWriter out) {
        out.putLong(timestamp.value());
    }

    static Timestamp getTime(ByteReader in) {
        return new Timestamp(in.getLong());
    }

    static void putNode(NodeId node, ByteWriter out) {
        out.putVarInt(node.value());
    }

    static NodeId getNode(ByteReader in) {
        int value = in.getVarInt();
        if (value <= 0) {
            throw new CorruptBytes("a node id is positive, not " + value);
        }
        return new NodeId(value);
    }

    static void putRegionId(RegionId region, ByteWriter out) {
        out.putVarLong(region.value());
    }

    static RegionId getRegionId(ByteReader in) {
        return new RegionId(in.getVarLong());
    }

    static void putEpoch(RegionEpoch epoch, ByteWriter out) {
        out.putVarLong(epoch.version());
        out.putVarLong(epoch.confVersion());
    }

    static RegionEpoch getEpoch(ByteReader in) {
        return new RegionEpoch(in.getVarLong(), in.getVarLong());
    }

    static void putRange(KeyRange range, ByteWriter out) {
        out.putBytes(range.start());
        putOptional(range.end(), out, RegionCodecs::putBytes);
    }

    static KeyRange getRange(ByteReader in) {
        return new KeyRange(in.getBytes(), getOptional(in, RegionCodecs::getBytes));
    }

    static void putDescriptor(RegionDescriptor region, ByteWriter out) {
        putRegionId(region.id(), out);
        putEpoch(region.epoch(), out);
        putRange(region.range(), out);
        putList(region.replicas(), out, RegionCodecs::putNode);
    }

    static RegionDescriptor getDescriptor(ByteReader in) {
        return new RegionDescriptor(
                getRegionId(in), getEpoch(in), getRange(in), getList(in, RegionCodecs::getNode));
    }

    static void putLocation(RegionLocation location, ByteWriter out) {
        putDescriptor(location.region(), out);
        putOptional(location.leader(), out, RegionCodecs::putNode);
    }

    static RegionLocation getLocation(ByteReader in) {
        return new RegionLocation(getDescriptor(in), getOptional(in, RegionCodecs::getNode));
    }

    static void putLockKind(LockKind kind, ByteWriter out) {
        out.putByte(
                switch (kind) {
                    case PUT -> LOCK_PUT;
                    case DELETE -> LOCK_DELETE;
                    case LOCK -> LOCK_LOCK;
                    case PESSIMISTIC -> LOCK_PESSIMISTIC;
                });
    }

    static LockKind getLockKind(ByteReader in) {
        int number = in.getByte();
        return switch (number) {
            case LOCK_PUT -> LockKind.PUT;
            case LOCK_DELETE -> LockKind.DELETE;
            case LOCK_LOCK -> LockKind.LOCK;
            case LOCK_PESSIMISTIC -> LockKind.PESSIMISTIC;
            default -> throw new CorruptBytes("lock kind " + number);
        };
    }

    static void putLock(LockInfo lock, ByteWriter out) {
        out.putBytes(lock.key());
        putLockKind(lock.kind(), out);
        putTime(lock.start(), out);
        out.putBytes(lock.primary());
        out.putVarLong(lock.ttlMillis());
        putTime(lock.forUpdate(), out);
        putTime(lock.minCommit(), out);
    }

    static LockInfo getLock(ByteReader in) {
        return new LockInfo(
                in.getBytes(),
                getLockKind(in),
                getTime(in),
                in.getBytes(),
                in.getVarLong(),
                getTime(in),
                getTime(in));
    }

    private static <T> Codec<T> of(Put<T> put, Get<T> get) {
        return new Codec<>() {
            @Override
            public void write(T value, ByteWriter out) {
                put.put(value, out);
            }

            @Override
            public T read(ByteReader in) {
                return get.get(in);
            }
        };
    }
}
