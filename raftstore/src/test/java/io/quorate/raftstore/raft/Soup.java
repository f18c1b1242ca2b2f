package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.ConfChange.ChangeKind;
import io.quorate.raftstore.raft.ConfChange.Transition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// A group whose messages float in a soup: taken out in any order, some twice, some never, between
/// replicas that crash, forget what was not durable, and come back. All chance is the seed's.
final class Soup {
    private static final int MESSAGES_MAX = 400;

    final SoupChecker checker;
    final List<SoupNode> nodes = new ArrayList<>();
    private final SplittableRandom random;
    private final boolean changesMembers;
    private final TreeSet<Long> cutOff = new TreeSet<>();
    private List<Message> messages = new ArrayList<>();
    private long reads;
    private long proposals;

    Soup(long seed, int size, boolean applyBeforeDurable, boolean changesMembers) {
        this.random = new SplittableRandom(seed);
        this.changesMembers = changesMembers;
        ConfState initial = ConfState.ofVoters(LongStream.rangeClosed(1, size).boxed().toList());
        this.checker = new SoupChecker(initial, nodes);
        SoupNode.Habits habits =
                new SoupNode.Habits(random.nextBoolean(), random.nextBoolean(), applyBeforeDurable);
        for (long id = 1; id <= size; id++) {
            nodes.add(new SoupNode(id, initial, checker, random.split(), habits));
        }
    }

    /// Anything may happen next.
    void stir() {
        SoupNode node = nodes.get(random.nextInt(nodes.size()));
        int what = random.nextInt(1000);
        if (what < 450) {
            deliverAny();
        } else if (what < 600) {
            if (node.hasWrites()) {
                send(node.finishWrite());
            }
        } else if (what < 680) {
            if (node.hasCommitted()) {
                node.apply();
            }
        } else if (what < 820) {
            node.raft.tick();
        } else if (what < 900) {
            propose(node);
        } else if (what < 970) {
            checker.readAsked(++reads);
            node.raft.readIndex(reads);
        } else {
            disturb(node, random.nextInt(changesMembers ? 54 : 60));
        }
        if (changesMembers && random.nextInt(6) == 0) {
            // Asked of whoever leads, or nothing would come of most of them.
            nodes.stream()
                    .filter(each -> each.raft.role() == RaftRole.LEADER)
                    .forEach(this::changeMembers);
        }
        afterInput(node);
    }

    /// Nothing is lost any more, and everybody works off what there is. Replicas that were removed
    /// are switched off first: one that does not know would campaign for ever where there are no
    /// pre-votes.
    void calm(int rounds) {
        cutOff.clear();
        List<SoupNode> members = members();
        for (int round = 0; round < rounds; round++) {
            for (SoupNode node : members) {
                node.raft.tick();
                if (round % 10 == 0) {
                    giveUpSnapshots(node.raft);
                }
                settle(node);
            }
            List<Message> batch = messages;
            messages = new ArrayList<>();
            for (Message message : batch) {
                SoupNode to = node(message.to());
                if (members.contains(to)) {
                    to.raft.step(message);
                    settle(to);
                }
            }
        }
    }

    /// What a driver does about snapshots that were never acknowledged.
    private static void giveUpSnapshots(Raft raft) {
        for (PeerStatus peer : raft.peers()) {
            if (peer.awaitsSnapshot()) {
                raft.reportSnapshot(peer.peer(), false);
            }
        }
    }

    /// Those who belong to the group as whoever has applied most knows it.
    private List<SoupNode> members() {
        SoupNode ahead =
                nodes.stream()
                        .max(Comparator.comparingLong(node -> node.raft.appliedIndex()))
                        .orElseThrow();
        SortedSet<Long> ids = ConfChanger.restore(ahead.raft.confState()).all();
        return nodes.stream().filter(node -> ids.contains(node.id)).toList();
    }

    /// Who leads the latest term that somebody leads.
    Optional<SoupNode> leader() {
        return nodes.stream()
                .filter(node -> node.raft.role() == RaftRole.LEADER)
                .max(Comparator.comparingLong(node -> node.raft.term()));
    }

    /// Whether all voters have applied what their leader has committed.
    boolean isLevel() {
        return leader().map(this::isLevelWith).orElse(false);
    }

    private boolean isLevelWith(SoupNode leader) {
        return nodes.stream()
                .filter(node -> leader.raft.confState().voters().contains(node.id))
                .allMatch(node -> node.raft.appliedIndex() == leader.raft.commitIndex());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (SoupNode node : nodes) {
            Raft raft = node.raft;
            text.append(
                    "\n%s: %s term %s, leader %s, log [%s, %s], commit %s, applied %s, %s, %s"
                            .formatted(
                                    node.id,
                                    raft.role(),
                                    raft.term(),
                                    raft.leader(),
                                    raft.firstIndex(),
                                    raft.lastIndex(),
                                    raft.commitIndex(),
                                    raft.appliedIndex(),
                                    raft.confState(),
                                    raft.peers()));
        }
        return text.toString();
    }

    private void settle(SoupNode node) {
        send(node.takeReady());
        while (node.hasWrites() || node.hasCommitted()) {
            if (node.hasWrites()) {
                send(node.finishWrite());
            }
            if (node.hasCommitted()) {
                node.apply();
            }
            checker.observe(node.raft);
            send(node.takeReady());
        }
    }

    private void disturb(SoupNode node, int what) {
        if (what < 8) {
            node.crash();
        } else if (what < 16) {
            node.compact();
        } else if (what < 24) {
            node.raft.transferLeadership(1 + random.nextInt(nodes.size()));
        } else if (what < 28) {
            node.raft.campaign();
        } else if (what < 32) {
            node.raft.forgetLeader();
        } else if (what < 36) {
            node.raft.reportUnreachable(1 + random.nextInt(nodes.size()));
        } else if (what < 40) {
            node.raft.reportSnapshot(1 + random.nextInt(nodes.size()), random.nextBoolean());
        } else if (what < 46) {
            cutOff.add(node.id);
        } else if (what < 54) {
            cutOff.clear();
        }
    }

    private void propose(SoupNode node) {
        List<ByteSlice> payloads = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            payloads.add(ByteSlice.utf8("proposal " + ++proposals));
        }
        node.raft.propose(payloads);
    }

    private void changeMembers(SoupNode node) {
        List<Change> changes = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            ChangeKind kind =
                    random.nextInt(3) == 0
                            ? ChangeKind.ADD_LEARNER
                            : ChangeKind.values()[random.nextInt(ChangeKind.values().length)];
            changes.add(new Change(kind, 1 + random.nextInt(nodes.size())));
        }
        Transition transition = Transition.values()[random.nextInt(Transition.values().length)];
        ConfChange change = new ConfChange(transition, changes, ByteSlice.EMPTY);
        if (node.raft.role() == RaftRole.LEADER) {
            if (!node.raft.confState().votersOutgoing().isEmpty()) {
                change = ConfChange.LEAVE_JOINT;
            } else if (!fits(node.raft, change)) {
                return;
            }
            node.raft.proposeConfChange(change);
        }
    }

    private static boolean fits(Raft raft, ConfChange change) {
        try {
            ConfChanger.change(ConfChanger.restore(raft.confState()), change);
            return true;
        } catch (IllegalArgumentException unfit) {
            return false;
        }
    }

    private void deliverAny() {
        if (messages.isEmpty()) {
            return;
        }
        // Mostly the oldest ones, so that something gets done.
        int reach = random.nextInt(4) == 0 ? messages.size() : Math.min(messages.size(), 6);
        int position = random.nextInt(reach);
        Message message = messages.get(position);
        int fate = random.nextInt(100);
        if (fate >= 4) {
            messages.remove(position);
        }
        boolean lost =
                fate >= 92 || cutOff.contains(message.from()) || cutOff.contains(message.to());
        if (!lost) {
            SoupNode to = node(message.to());
            to.raft.step(message);
            afterInput(to);
        }
    }

    private void afterInput(SoupNode node) {
        checker.observe(node.raft);
        if (random.nextInt(3) > 0) {
            send(node.takeReady());
        }
        checker.observe(node.raft);
    }

    private void send(List<Message> sent) {
        messages.addAll(sent);
        while (messages.size() > MESSAGES_MAX) {
            messages.remove(random.nextInt(messages.size()));
        }
    }

    private SoupNode node(long id) {
        return nodes.get((int) id - 1);
    }
}
