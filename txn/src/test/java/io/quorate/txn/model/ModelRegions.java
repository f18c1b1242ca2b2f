package io.quorate.txn.model;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.env.Env;
import io.quorate.common.env.NodeId;
import io.quorate.region.api.KeyError;
import io.quorate.region.api.KeyRange;
import io.quorate.region.api.LockInfo;
import io.quorate.region.api.RegionClient;
import io.quorate.region.api.RegionDescriptor;
import io.quorate.region.api.RegionEpoch;
import io.quorate.region.api.RegionHeader;
import io.quorate.region.api.RegionId;
import io.quorate.region.api.RegionReply.Answer;
import io.quorate.region.api.RegionReply.Locked;
import io.quorate.region.api.RegionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Regions over one [ModelStore], and clients of them whose requests take time and meet faults.
public final class ModelRegions {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final ModelStore store = new ModelStore();
    private final TreeSet<ByteSlice> borders = new TreeSet<>();

    public ModelRegions(List<ByteSlice> borders) {
        this.borders.add(ByteSlice.EMPTY);
        this.borders.addAll(borders);
    }

    public ModelStore store() {
        return store;
    }

    public void split(ByteSlice at) {
        borders.add(at);
    }

    /// What happens to a request.
    public enum Fate {
        /// It is answered.
        ANSWERED,
        /// It never arrives, and the sender learns that.
        UNAVAILABLE,
        /// It never arrives, and the sender learns nothing.
        LOST,
        /// It runs, and the answer is lost.
        ANSWER_LOST,
        /// The sender learns nothing, and it runs after the sender gave it up.
        LATE
    }

    /// Decides the fate of requests in the order they are sent.
    public interface Faults {
        Fate fateOf(RegionRequest request);
    }

    public RegionClient client(Env env, Faults faults) {
        return new Client(env, faults);
    }

    private RegionDescriptor regionOf(ByteSlice key) {
        ByteSlice start = borders.floor(key);
        long id = 2L + borders.headSet(start == null ? ByteSlice.EMPTY : start).size();
        return new RegionDescriptor(
                new RegionId(id),
                new RegionEpoch(borders.size(), 1),
                new KeyRange(start == null ? ByteSlice.EMPTY : start, borders.higher(key)),
                List.of(new NodeId(1)));
    }

    private static List<ByteSlice> keysOf(RegionRequest request) {
        return switch (request) {
            case RegionRequest.Get get -> get.keys();
            case RegionRequest.Scan scan -> List.of(scan.range().start());
            case RegionRequest.Prewrite prewrite ->
                    prewrite.mutations().stream().map(mutation -> mutation.key()).toList();
            case RegionRequest.PessimisticLock lock -> lock.keys();
            case RegionRequest.PessimisticRollback back -> back.keys();
            case RegionRequest.Commit commit -> commit.keys();
            case RegionRequest.Rollback rollback -> rollback.keys();
            case RegionRequest.CheckTxnStatus check -> List.of(check.primary());
            case RegionRequest.ResolveLock resolve -> resolve.keys();
            case RegionRequest.TxnHeartbeat beat -> List.of(beat.primary());
            case RegionRequest.ScanLocks scan -> List.of(scan.range().start());
            case RegionRequest.Split split -> split.at();
            case RegionRequest.TransferLeader _ -> List.of();
        };
    }

    private final class Client implements RegionClient {
        private final Env env;
        private final Faults faults;

        Client(Env env, Faults faults) {
            this.env = env;
            this.faults = faults;
        }

        @Override
        public SendResult send(
                ByteSlice key, long timeoutNanos, Function<RegionHeader, RegionRequest> request) {
            RegionDescriptor region = regionOf(key);
            RegionRequest made = request.apply(new RegionHeader(region.id(), region.epoch()));
            Fate fate = faults.fateOf(made);
            travel();
            return switch (fate) {
                case ANSWERED -> answer(made);
                case UNAVAILABLE -> new SendResult.Unavailable("no leader");
                case LOST -> new SendResult.Unknown("lost");
                case ANSWER_LOST -> {
                    answer(made);
                    yield new SendResult.Unknown("answer lost");
                }
                case LATE -> {
                    env.tasks()
                            .start(
                                    "late",
                                    () -> {
                                        env.tasks().sleepNanos(300 * NANOS_PER_MILLI);
                                        answer(made);
                                    });
                    yield new SendResult.Unknown("on its way");
                }
            };
        }

        private SendResult answer(RegionRequest request) {
            List<ByteSlice> keys = keysOf(request);
            KeyRange range = regionOf(keys.getFirst()).range();
            if (!keys.stream().allMatch(range::contains)) {
                return new SendResult.Regroup();
            }
            Answer answer = store.handle(request);
            if (request instanceof RegionRequest.PessimisticLock lock) {
                answer = waitForLock(lock, answer);
            }
            travel();
            return new SendResult.Answered(answer);
        }

        private Answer waitForLock(RegionRequest.PessimisticLock request, Answer first) {
            Answer answer = first;
            long left = request.waitMillis();
            LockInfo blocking = blocking(answer);
            while (blocking != null && left > 0) {
                env.tasks().sleepNanos(NANOS_PER_MILLI);
                left--;
                answer = store.handle(request);
                blocking = blocking(answer);
            }
            return blocking != null && request.waitMillis() > 0
                    ? Locked.refused(new KeyError.WaitTimeout(blocking))
                    : answer;
        }

        private static @Nullable LockInfo blocking(Answer answer) {
            return answer.error() instanceof KeyError.Locked(LockInfo lock) ? lock : null;
        }

        private void travel() {
            env.tasks().sleepNanos(20_000 + env.random().nextInt(400_000));
        }

        @Override
        public SortedMap<ByteSlice, List<ByteSlice>> groupByRegion(List<ByteSlice> keys) {
            SortedMap<ByteSlice, List<ByteSlice>> groups = new TreeMap<>();
            for (ByteSlice key : keys) {
                groups.computeIfAbsent(regionOf(key).range().start(), _ -> new ArrayList<>())
                        .add(key);
            }
            return groups;
        }

        @Override
        public List<RegionDescriptor> regionsOf(KeyRange range) {
            List<RegionDescriptor> regions = new ArrayList<>();
            ByteSlice at = range.start();
            while (at != null && (range.contains(at) || regions.isEmpty())) {
                RegionDescriptor region = regionOf(at);
                regions.add(region);
                at = region.range().end();
            }
            return regions;
        }
    }
}
