package io.quorate.tso.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.check.InvariantBroken;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.Disk;
import io.quorate.common.env.Disk.DiskFile;
import io.quorate.common.env.MachineDisk;
import io.quorate.common.env.NodeId;
import io.quorate.raftstore.api.CommittedEntry;
import io.quorate.raftstore.api.Membership;
import io.quorate.raftstore.api.Role;
import io.quorate.raftstore.api.SnapshotSource;
import io.quorate.tso.api.ClusterMeta.OldLease;
import io.quorate.tso.api.Timestamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaStateMachineTest {
    private static final NodeId NODE_1 = new NodeId(1);
    private static final NodeId NODE_2 = new NodeId(2);

    @TempDir Path directory;
    private final List<String> roles = new ArrayList<>();
    private Disk disk;
    private MetaStateMachine machine;
    private long index;

    @BeforeEach
    void open() {
        disk = new MachineDisk(directory);
        machine = newMachine();
        index = machine.appliedIndex();
    }

    @Test
    void idsAreNeverGivenTwiceAndBeginWherePostgresLeavesThemToUsers() {
        assertThat(apply(new MetaCommand.AllocateIds(10))).isEqualTo(new MetaResult.Ids(16_384));
        assertThat(apply(new MetaCommand.AllocateIds(1))).isEqualTo(new MetaResult.Ids(16_394));
    }

    @Test
    void theLimitNeverFalls() {
        apply(new MetaCommand.RaiseLimit(2_000));
        assertThat(apply(new MetaCommand.RaiseLimit(1_000)))
                .isEqualTo(new MetaResult.LimitRaised(2_000));
    }

    @Test
    void aLeaseBelowTheMinimumIsRefused() {
        apply(new MetaCommand.RaiseMinimumVersion(5, Timestamp.of(1, 0)));
        assertThat(apply(new MetaCommand.GrantLease(NODE_1, 4, Timestamp.of(100, 0))))
                .isEqualTo(new MetaResult.LeaseRefused(5));
        assertThat(apply(new MetaCommand.GrantLease(NODE_1, 5, Timestamp.of(100, 0))))
                .isEqualTo(new MetaResult.LeaseGranted(5, Timestamp.of(100, 0)));
    }

    @Test
    void aSchemaChangeWaitsForEveryOlderLeaseUntilItIsReleasedOrOver() {
        apply(new MetaCommand.GrantLease(NODE_1, 4, Timestamp.of(100, 0)));
        apply(new MetaCommand.GrantLease(NODE_2, 4, Timestamp.of(200, 0)));
        apply(new MetaCommand.GrantLease(NODE_2, 5, Timestamp.of(300, 0)));
        assertThat(raise(5, 50))
                .containsExactly(
                        new OldLease(NODE_1, 4, Timestamp.of(100, 0)),
                        new OldLease(NODE_2, 4, Timestamp.of(200, 0)));
        assertThat(raise(5, 100))
                .as("a transaction may commit at the very end of its lease")
                .hasSize(2);
        assertThat(raise(5, 101)).containsExactly(new OldLease(NODE_2, 4, Timestamp.of(200, 0)));
        apply(new MetaCommand.ReleaseLeases(NODE_2, 5));
        assertThat(raise(5, 101)).isEmpty();
    }

    @Test
    void aLeaseNeverGetsShorter() {
        apply(new MetaCommand.GrantLease(NODE_1, 4, Timestamp.of(200, 0)));
        assertThat(apply(new MetaCommand.GrantLease(NODE_1, 4, Timestamp.of(100, 0))))
                .isEqualTo(new MetaResult.LeaseGranted(4, Timestamp.of(200, 0)));
    }

    @Test
    void aRestartGoesOnFromTheSavedEntry() {
        apply(new MetaCommand.GrantLease(NODE_1, 4, Timestamp.of(100, 0)));
        apply(new MetaCommand.RaiseLimit(7_000));
        fill(MetaStateMachine.SAVE_ENTRIES - 2);
        assertThat(machine.durableIndex()).isEqualTo(MetaStateMachine.SAVE_ENTRIES);
        fill(3);

        MetaStateMachine again = newMachine();
        assertThat(again.appliedIndex()).isEqualTo(MetaStateMachine.SAVE_ENTRIES);
        assertThat(again.appliedTerm()).isEqualTo(1);
        assertThat(again.durableIndex()).isEqualTo(MetaStateMachine.SAVE_ENTRIES);

        machine = again;
        index = again.appliedIndex();
        assertThat(apply(new MetaCommand.AllocateIds(1)))
                .as("entries after the saved one come again from the log")
                .isEqualTo(new MetaResult.Ids(16_384 + MetaStateMachine.SAVE_ENTRIES - 2));
        assertThat(raise(5, 50)).containsExactly(new OldLease(NODE_1, 4, Timestamp.of(100, 0)));
        machine.roleChanged(new Role.Leader(9));
        assertThat(roles).containsExactly("leads 9 limit 7000");
    }

    @Test
    void aLeftOverOfACrashWhileSavingIsIgnored() throws IOException {
        fill(MetaStateMachine.SAVE_ENTRIES);
        try (DiskFile file = disk.open("tso/state.new")) {
            file.write(ByteBuffer.wrap(new byte[100_000]), 0);
        }
        assertThat(newMachine().appliedIndex()).isEqualTo(MetaStateMachine.SAVE_ENTRIES);
        fill(MetaStateMachine.SAVE_ENTRIES);
        assertThat(newMachine().appliedIndex()).isEqualTo(2 * MetaStateMachine.SAVE_ENTRIES);
    }

    @Test
    void aDamagedFileStopsTheNode() throws IOException {
        fill(MetaStateMachine.SAVE_ENTRIES);
        long size;
        try (DiskFile file = disk.open("tso/state")) {
            size = file.size();
        }
        for (long position = 0; position < size; position++) {
            flip(position);
            assertThatThrownBy(this::newMachine).isInstanceOf(CorruptBytes.class);
            flip(position);
        }
        assertThat(newMachine().appliedIndex()).isEqualTo(MetaStateMachine.SAVE_ENTRIES);
    }

    @Test
    void whatIsWantedDurableIsSavedAtOnce() {
        apply(new MetaCommand.AllocateIds(10));
        assertThat(machine.durableIndex()).isZero();
        machine.makeDurable();
        assertThat(machine.durableIndex()).isEqualTo(1);
        assertThat(newMachine().appliedIndex()).isEqualTo(1);
    }

    @Test
    void aSnapshotMakesAnotherReplicaTheSame() {
        apply(new MetaCommand.AllocateIds(10));
        apply(new MetaCommand.RaiseLimit(7_000));
        apply(new MetaCommand.GrantLease(NODE_1, 4, Timestamp.of(100, 0)));
        Membership members = Membership.ofVoters(List.of(NODE_1, NODE_2));
        SnapshotSource snapshot = machine.snapshot(members);
        apply(new MetaCommand.AllocateIds(99));

        disk = new MachineDisk(directory.resolve("other"));
        machine = newMachine();
        machine.install(snapshot);
        for (MetaStateMachine installed : List.of(machine, newMachine())) {
            assertThat(installed.appliedIndex()).isEqualTo(3);
            assertThat(installed.durableIndex()).isEqualTo(3);
            assertThat(installed.members()).isEqualTo(members);
        }
        machine = newMachine();
        index = 3;
        assertThat(apply(new MetaCommand.AllocateIds(1))).isEqualTo(new MetaResult.Ids(16_394));
        assertThat(raise(5, 50)).containsExactly(new OldLease(NODE_1, 4, Timestamp.of(100, 0)));
        machine.destroy();
        assertThat(newMachine().appliedIndex()).isZero();
    }

    @Test
    void aGapInTheLogIsNeverApplied() {
        fill(1);
        CommittedEntry late = new CommittedEntry(index + 2, 1, ByteSlice.EMPTY);
        assertThatThrownBy(() -> machine.apply(List.of(late))).isInstanceOf(InvariantBroken.class);
    }

    private void flip(long position) throws IOException {
        try (DiskFile file = disk.open("tso/state")) {
            byte[] one = new byte[1];
            file.read(ByteBuffer.wrap(one), position);
            one[0] ^= 1;
            file.write(ByteBuffer.wrap(one), position);
        }
    }

    private void fill(long entries) {
        for (long i = 0; i < entries; i++) {
            apply(new MetaCommand.AllocateIds(1));
        }
    }

    private List<OldLease> raise(long version, long nowMillis) {
        Object result =
                apply(new MetaCommand.RaiseMinimumVersion(version, Timestamp.of(nowMillis, 0)));
        return ((MetaResult.OldLeases) result).leases();
    }

    private Object apply(MetaCommand command) {
        CommittedEntry entry = new CommittedEntry(++index, 1, MetaCommands.encode(command));
        return machine.apply(List.of(entry)).getFirst();
    }

    private MetaStateMachine newMachine() {
        return new MetaStateMachine(
                disk,
                new MetaStateMachine.RoleListener() {
                    @Override
                    public void leads(long term, long limitMillis) {
                        roles.add("leads " + term + " limit " + limitMillis);
                    }

                    @Override
                    public void follows(long term) {
                        roles.add("follows " + term);
                    }
                });
    }
}
