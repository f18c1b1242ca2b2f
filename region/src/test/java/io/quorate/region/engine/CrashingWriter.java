package io.quorate.region.engine;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.region.api.EngineBatch;
import io.quorate.region.api.StorageEngine;
import io.quorate.region.api.StorageEngine.Family;
import java.nio.file.Path;
import java.util.Random;

/// A process that writes until it is killed: batch after batch, each with its number in all families
/// and a key of its own in each, flushing now and then. Says on its output from which number on it
/// began and which numbers were flushed.
final class CrashingWriter {
    static final ByteSlice LAST = ByteSlice.utf8("last");

    private CrashingWriter() {}

    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[1]));
        StorageEngine engine = RocksEngine.open(Path.of(args[0]), 8 << 20);
        ByteSlice before = engine.get(Family.STATE, LAST);
        long number = before == null ? 0 : Long.parseLong(before.toUtf8());
        System.out.println("from " + number);
        while (true) {
            number++;
            EngineBatch batch = new EngineBatch();
            for (Family family : Family.values()) {
                batch.put(family, LAST, ByteSlice.utf8(Long.toString(number)));
                batch.put(family, key(number), ByteSlice.utf8("v".repeat(random.nextInt(2_000))));
            }
            engine.write(batch);
            if (random.nextInt(100) == 0) {
                engine.flush();
                System.out.println("flushed " + number);
            }
        }
    }

    static ByteSlice key(long number) {
        return ByteSlice.utf8("k%08d".formatted(number));
    }
}
