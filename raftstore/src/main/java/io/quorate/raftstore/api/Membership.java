package io.quorate.raftstore.api;

import io.quorate.common.codec.ByteReader;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.Codec;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.common.env.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// Who belongs to a group, as of some entry of its log. Ids are sorted.
///
/// @param voters who votes; while the group passes from one set of voters to another, the new set
/// @param outgoing the old set while the group passes, empty otherwise
/// @param learners who replicates without voting
/// @param learnersNext voters of the old set that become learners when it is left
/// @param autoLeave whether the leader leaves the old set behind by itself
public record Membership(
        List<NodeId> voters,
        List<NodeId> outgoing,
        List<NodeId> learners,
        List<NodeId> learnersNext,
        boolean autoLeave) {

    /// Nobody: of a replica that waits for a snapshot to tell it where it belongs.
    public static final Membership EMPTY = ofVoters(List.of());

    /// The bytes: a version, then each list as a count and its ids, then whether to leave.
    public static final Codec<Membership> CODEC = new Bytes();

    public Membership {
        voters = voters.stream().sorted().toList();
        outgoing = outgoing.stream().sorted().toList();
        learners = learners.stream().sorted().toList();
        learnersNext = learnersNext.stream().sorted().toList();
    }

    public static Membership ofVoters(List<NodeId> voters) {
        return new Membership(voters, List.of(), List.of(), List.of(), false);
    }

    public boolean isEmpty() {
        return all().isEmpty();
    }

    /// Whether two majorities are needed at present.
    public boolean isJoint() {
        return !outgoing.isEmpty();
    }

    public boolean contains(NodeId node) {
        return all().contains(node);
    }

    /// Everybody, in order.
    public List<NodeId> all() {
        TreeSet<NodeId> all = new TreeSet<>(voters);
        all.addAll(outgoing);
        all.addAll(learners);
        all.addAll(learnersNext);
        return List.copyOf(all);
    }

    private static final class Bytes implements Codec<Membership> {
        private static final int VERSION = 1;

        @Override
        public void write(Membership members, ByteWriter out) {
            out.putByte(VERSION);
            for (List<NodeId> list :
                    List.of(
                            members.voters,
                            members.outgoing,
                            members.learners,
                            members.learnersNext)) {
                out.putVarInt(list.size());
                list.forEach(node -> out.putVarInt(node.value()));
            }
            out.putBoolean(members.autoLeave);
        }

        @Override
        public Membership read(ByteReader in) {
            int version = in.getByte();
            if (version != VERSION) {
                throw new CorruptBytes("members of version " + version);
            }
            return new Membership(nodes(in), nodes(in), nodes(in), nodes(in), in.getBoolean());
        }

        private static List<NodeId> nodes(ByteReader in) {
            int count = in.getCount();
            List<NodeId> nodes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                nodes.add(new NodeId(in.getVarInt()));
            }
            return nodes;
        }
    }
}
