package io.quorate.region.replica;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Promise;
import io.quorate.region.api.KeyRange;
import io.quorate.tso.api.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps one-phase commits from appearing below a read that did not see them.
///
/// The region computes such a commit's timestamp by itself, so nothing else orders it after readers
/// of the same moment. Both sides first say what they are about to do, and only then look at the
/// other one. A commit: [#publish] its keys, then take [#newestRead] to commit after it. A reader:
/// [#read] at its timestamp, which raises the newest one, then wait for what [#obstacle] gives it,
/// then take its snapshot. Whoever comes second sees the first.
///
/// The newest read is only ever raised to timestamps that the oracle gave out, never to computed ones,
/// so a new leader that asks the oracle is past all of them.
final class ReadGuard {
    private final AtomicLong newestRead;
    private final ReentrantLock lock = new ReentrantLock();

    /// One-phase commits on their way, by key; the latches allow one per key. Guarded by `lock`.
    private final TreeMap<ByteSlice, Publication> published = new TreeMap<>();

    /// How many keys are published, to spare readers the lock when there are none.
    private volatile int publishedKeys;

    ReadGuard(Timestamp newestRead) {
        this.newestRead = new AtomicLong(newestRead.value());
    }

    /// A one-phase commit on its way.
    static final class Publication {
        private final List<ByteSlice> keys;
        private final Promise<Boolean> gone = new Promise<>();
        private volatile long commit;

        private Publication(List<ByteSlice> keys) {
            this.keys = keys;
        }

        /// Tells readers before this timestamp that they need not wait.
        void willCommitAt(Timestamp timestamp) {
            commit = timestamp.value();
        }

        /// Completed once the commit is applied or given up.
        Promise<Boolean> gone() {
            return gone;
        }

        private boolean mayHideFrom(Timestamp read) {
            return commit == 0 || commit <= read.value();
        }
    }

    /// Someone reads at this timestamp. A reader of the newest versions, whatever they are, has none.
    void read(Timestamp timestamp) {
        if (!timestamp.equals(Timestamp.MAX)) {
            newestRead.accumulateAndGet(timestamp.value(), Math::max);
        }
    }

    Timestamp newestRead() {
        return new Timestamp(newestRead.get());
    }

    Publication publish(List<ByteSlice> keys) {
        Publication publication = new Publication(keys);
        lock.lock();
        try {
            keys.forEach(key -> published.put(key, publication));
            publishedKeys = published.size();
        } finally {
            lock.unlock();
        }
        return publication;
    }

    void withdraw(Publication publication) {
        lock.lock();
        try {
            publication.keys.forEach(published::remove);
            publishedKeys = published.size();
        } finally {
            lock.unlock();
        }
        publication.gone.complete(true);
    }

    /// A commit that may become visible at `read` on one of the keys; null if there is none.
    @Nullable Publication obstacle(List<ByteSlice> keys, Timestamp read) {
        if (publishedKeys == 0 || read.equals(Timestamp.MAX)) {
            return null;
        }
        lock.lock();
        try {
            for (ByteSlice key : keys) {
                Publication publication = published.get(key);
                if (publication != null && publication.mayHideFrom(read)) {
                    return publication;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /// As [#obstacle(List, Timestamp)], for all keys of a range.
    @Nullable Publication obstacle(KeyRange range, Timestamp read) {
        if (publishedKeys == 0 || read.equals(Timestamp.MAX)) {
            return null;
        }
        lock.lock();
        try {
            Map<ByteSlice, Publication> inside =
                    range.end() == null
                            ? published.tailMap(range.start(), true)
                            : range.isEmpty()
                                    ? Map.of()
                                    : published.subMap(range.start(), true, range.end(), false);
            for (Publication publication : inside.values()) {
                if (publication.mayHideFrom(read)) {
                    return publication;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
