package io.quorate.raftstore.raft;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.raftstore.raft.ConfChange.Transition;
import io.quorate.raftstore.raft.ScenarioNode.Mail;
import io.quorate.raftstore.raft.Script.Argument;
import io.quorate.raftstore.raft.Script.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The commands of the interaction scripts: a group of replicas, named 1, 2, 3, ... in the order of
/// their making, between which nothing moves unless a command says so. What the core does not do,
/// logging, is left out of the transcript; `log-level none` silences everything, as in the
/// language.
///
/// Two commands are ours: `read-index node context`, and `restart node`, which loses what was not
/// written.
final class InteractionEnv implements Script.Handler {
    private static final int ELECTION_TICKS = 3;
    private static final int HEARTBEAT_TICKS = 1;
    private static final String DROPPED = "raft proposal dropped";

    private final List<ScenarioNode> nodes = new ArrayList<>();
    private final StringBuilder output = new StringBuilder();
    private List<Mail> mail = new ArrayList<>();
    private boolean quiet;

    @Override
    public String run(Directive directive) {
        output.setLength(0);
        String error;
        try {
            error = perform(directive);
        } catch (IllegalArgumentException unfit) {
            error = String.valueOf(unfit.getMessage());
        }
        // Errors are told even to those who asked for silence.
        String text = quiet ? error : output + error;
        return text.isEmpty() ? "ok" : text;
    }

    Raft raft(long id) {
        return node(id).raft;
    }

    /// Returns the error, if any.
    private String perform(Directive d) {
        switch (d.command()) {
            case "_breakpoint" -> {}
            case "add-nodes" -> addNodes(d);
            case "campaign" -> node(d).raft.campaign();
            case "compact" -> compact(node(d), d.numbers().get(1));
            case "deliver-msgs" -> deliver(d);
            case "forget-leader" -> forgetLeader(node(d));
            case "log-level" -> quiet = d.arguments().getFirst().key().equalsIgnoreCase("none");
            case "process-append-thread" ->
                    each(d, "processing append thread", ScenarioNode::processAppend);
            case "process-apply-thread" ->
                    each(d, "processing apply thread", ScenarioNode::processApply);
            case "process-ready" -> each(d, "handling Ready", ScenarioNode::processReady);
            case "propose" -> {
                return propose(d);
            }
            case "propose-conf-change" -> {
                return proposeConfChange(d);
            }
            case "raft-log" -> raftLog(node(d));
            case "raft-state" -> raftState();
            case "read-index" -> node(d).raft.readIndex(d.numbers().get(1));
            case "report-unreachable" -> node(d).raft.reportUnreachable(d.numbers().get(1));
            case "restart" -> restart(node(d));
            case "send-snapshot" -> sendSnapshot(node(d), d.numbers().get(1));
            case "set-randomized-election-timeout" ->
                    node(d).raft
                            .replica()
                            .setRandomElectionTicks(Integer.parseInt(d.option("timeout", "")));
            case "stabilize" -> stabilize(d);
            case "status" -> status(node(d));
            case "tick-election" -> tick(node(d), ELECTION_TICKS);
            case "tick-heartbeat" -> tick(node(d), HEARTBEAT_TICKS);
            case "transfer-leadership" ->
                    node(Long.parseLong(d.option("from", "")))
                            .raft
                            .transferLeadership(Long.parseLong(d.option("to", "")));
            default -> {
                return "unknown command";
            }
        }
        return "";
    }

    private void addNodes(Directive d) {
        long index = 0;
        String content = "";
        boolean asynchronous = false;
        boolean holdsLeases = false;
        List<Long> voters = new ArrayList<>();
        List<Long> learners = new ArrayList<>();
        long count = d.number();
        List<Argument> options = d.arguments().subList(1, d.arguments().size());
        for (Argument option : options) {
            switch (option.key()) {
                case "voters" -> option.values().forEach(id -> voters.add(Long.parseLong(id)));
                case "learners" -> option.values().forEach(id -> learners.add(Long.parseLong(id)));
                case "index" -> index = Long.parseLong(option.value());
                case "content" -> content = option.value();
                case "async-storage-writes" -> asynchronous = Boolean.parseBoolean(option.value());
                case "read-only" -> holdsLeases = option.value().equals("lease-based");
                default -> {}
            }
        }
        if (!options.isEmpty() && index <= 1 && !(voters.isEmpty() && learners.isEmpty())) {
            throw new IllegalArgumentException("index must be specified as > 1 due to bootstrap");
        }
        ConfState members = new ConfState(voters, List.of(), learners, List.of(), false);
        Snapshot start = new Snapshot(index, index > 0 ? 1 : 0, members, ByteSlice.utf8(content));
        for (long i = 0; i < count; i++) {
            RaftConfig.Builder config = configure(nodes.size() + 1, options);
            nodes.add(
                    new ScenarioNode(
                            config.applyBeforeDurable(!asynchronous),
                            start,
                            asynchronous,
                            holdsLeases,
                            this::post));
        }
    }

    private static RaftConfig.Builder configure(long id, List<Argument> options) {
        RaftConfig.Builder config =
                RaftConfig.builder(id)
                        .electionTicks(ELECTION_TICKS)
                        .heartbeatTicks(HEARTBEAT_TICKS)
                        .maxAppendBytes(Long.MAX_VALUE)
                        .maxApplyingBytes(Long.MAX_VALUE)
                        .maxUncommittedBytes(Long.MAX_VALUE)
                        .maxInflightMessages(Integer.MAX_VALUE)
                        .maxInflightBytes(Long.MAX_VALUE)
                        .checkQuorum(false)
                        .preVote(false)
                        .stepDownOnRemoval(false)
                        .forwardProposals(true);
        for (Argument option : options) {
            switch (option.key()) {
                case "inflight" -> config.maxInflightMessages(Integer.parseInt(option.value()));
                case "prevote" -> config.preVote(Boolean.parseBoolean(option.value()));
                case "checkquorum" -> config.checkQuorum(Boolean.parseBoolean(option.value()));
                case "max-committed-size-per-ready" ->
                        config.maxApplyingBytes(Long.parseLong(option.value()));
                case "disable-conf-change-validation" ->
                        config.validateConfChanges(!Boolean.parseBoolean(option.value()));
                case "step-down-on-removal" ->
                        config.stepDownOnRemoval(Boolean.parseBoolean(option.value()));
                case "voters",
                        "learners",
                        "index",
                        "content",
                        "async-storage-writes",
                        "read-only" -> {}
                default -> throw new IllegalArgumentException("unknown option " + option.key());
            }
        }
        return config;
    }

    private void compact(ScenarioNode node, long newFirstIndex) {
        node.storage.compactTo(newFirstIndex);
        raftLog(node);
    }

    private void deliver(Directive d) {
        String kind = d.option("type", "");
        int delivered = 0;
        for (Argument argument : d.arguments()) {
            boolean drop = argument.key().equals("drop");
            List<String> receivers =
                    argument.values().isEmpty() ? List.of(argument.key()) : argument.values();
            if (!argument.key().equals("type")) {
                for (String receiver : receivers) {
                    delivered += deliver(Long.parseLong(receiver), kind, drop);
                }
            }
        }
        if (delivered == 0) {
            write("no messages\n");
        }
    }

    private int deliver(long receiver, String kind, boolean drop) {
        List<Mail> taken = new ArrayList<>();
        List<Mail> left = new ArrayList<>();
        for (Mail each : mail) {
            boolean matches =
                    each.to() == receiver
                            && (kind.isEmpty() || each.kind().equals(kind))
                            && !(drop && each.local());
            (matches ? taken : left).add(each);
        }
        mail = left;
        for (Mail each : taken) {
            write((drop ? "dropped: " : "") + each.text() + "\n");
            if (!drop) {
                write(each.delivery().to(node(receiver)));
            }
        }
        return taken.size();
    }

    /// A driver with leases has its followers stand by their leader; the core knows no leases.
    private void forgetLeader(ScenarioNode node) {
        if (!node.holdsLeases) {
            node.raft.forgetLeader();
        }
    }

    /// Handles the nodes named, under a heading each if there are several.
    private void each(Directive d, String heading, Function<ScenarioNode, String> action) {
        List<Long> ids = d.numbers();
        for (long id : ids) {
            String text = action.apply(node(id));
            if (ids.size() > 1) {
                write("> " + id + " " + heading + "\n" + Transcript.indent(text));
            } else {
                write(text);
            }
        }
    }

    private String propose(Directive d) {
        ByteSlice payload =
                d.arguments().size() > 1
                        ? ByteSlice.utf8(d.arguments().get(1).key())
                        : ByteSlice.EMPTY;
        return errorOf(node(d).raft.propose(List.of(payload)));
    }

    private String proposeConfChange(Directive d) {
        boolean single = d.flag("v1");
        Transition transition =
                switch (d.option("transition", "auto")) {
                    case "auto" -> Transition.AUTO;
                    case "implicit" -> Transition.JOINT_IMPLICIT;
                    case "explicit" -> Transition.JOINT_EXPLICIT;
                    default -> throw new IllegalArgumentException("unknown transition");
                };
        ConfChange change =
                new ConfChange(transition, Transcript.parseChanges(d.input()), ByteSlice.EMPTY);
        if (single && (change.changes().size() != 1 || change.entersJoint())) {
            return "v1 conf change can only have one operation and no transition";
        }
        Raft raft = node(d).raft;
        ProposeOutcome outcome =
                raft.proposeConfChange(
                        change, single ? EntryKind.CONF_CHANGE_SINGLE : EntryKind.CONF_CHANGE);
        if (outcome instanceof ProposeOutcome.Refused refused
                && refused.reason() == ProposeOutcome.Reason.CONF_CHANGE_REFUSED) {
            // The language has an empty entry take the place of a change that does not fit.
            return errorOf(raft.propose(List.of(ByteSlice.EMPTY)));
        }
        return errorOf(outcome);
    }

    private static String errorOf(ProposeOutcome outcome) {
        return outcome instanceof ProposeOutcome.Refused ? DROPPED : "";
    }

    private void raftLog(ScenarioNode node) {
        MemoryStorage log = node.storage;
        if (log.lastIndex() < log.firstIndex()) {
            write(
                    "log is empty: first index=%d, last index=%d"
                            .formatted(log.firstIndex(), log.lastIndex()));
            return;
        }
        write(
                Transcript.entryLines(
                        log.entries(log.firstIndex(), log.lastIndex() + 1, Long.MAX_VALUE)));
    }

    private void raftState() {
        for (ScenarioNode node : nodes) {
            Raft raft = node.raft;
            boolean voter = raft.replica().tracker.isVoter(node.id);
            write(
                    "%d: %s %s Term:%d Lead:%d\n"
                            .formatted(
                                    node.id,
                                    Transcript.role(raft.role()),
                                    voter ? "(Voter)" : "(Non-Voter)",
                                    raft.term(),
                                    raft.leader()));
        }
    }

    private void restart(ScenarioNode node) {
        mail.removeIf(each -> each.local() && each.to() == node.id);
        node.restart();
    }

    private void sendSnapshot(ScenarioNode from, long to) {
        Mail sent =
                ScenarioNode.mail(
                        new Message.InstallSnapshot(
                                from.id, to, from.raft.term(), from.latestSnapshot()));
        mail.add(sent);
        write(sent.text());
    }

    /// Rounds of handling Readys, delivering, and thread work, node by node, until nothing is left.
    private void stabilize(Directive d) {
        boolean wasQuiet = quiet;
        String level = d.option("log-level", "");
        if (!level.isEmpty()) {
            quiet = level.equalsIgnoreCase("none");
        }
        List<ScenarioNode> chosen =
                d.numbers().isEmpty()
                        ? List.copyOf(nodes)
                        : d.numbers().stream().map(this::node).toList();
        boolean busy = true;
        while (busy) {
            busy = round(chosen, "handling Ready", n -> n.raft.hasReady(), this::handleReady);
            busy |= round(chosen, "receiving messages", this::hasMail, this::receiveAll);
            busy |=
                    round(
                            chosen,
                            "processing append thread",
                            ScenarioNode::hasAppendWork,
                            n -> drain(n::hasAppendWork, n::processAppend));
            busy |=
                    round(
                            chosen,
                            "processing apply thread",
                            ScenarioNode::hasApplyWork,
                            n -> drain(n::hasApplyWork, n::processApply));
        }
        quiet = wasQuiet;
    }

    private boolean round(
            List<ScenarioNode> chosen,
            String heading,
            Predicate<ScenarioNode> hasWork,
            Consumer<ScenarioNode> action) {
        boolean any = false;
        for (ScenarioNode node : chosen) {
            if (hasWork.test(node)) {
                any = true;
                write("> " + node.id + " " + heading + "\n");
                int start = output.length();
                action.accept(node);
                String text = output.substring(start);
                output.setLength(start);
                output.append(Transcript.indent(text));
            }
        }
        return any;
    }

    private void handleReady(ScenarioNode node) {
        write(node.processReady());
    }

    private boolean hasMail(ScenarioNode node) {
        return mail.stream().anyMatch(each -> each.to() == node.id);
    }

    private void receiveAll(ScenarioNode node) {
        deliver(node.id, "", false);
    }

    private void drain(BooleanSupplier hasWork, Supplier<String> work) {
        while (hasWork.getAsBoolean()) {
            write(work.get());
        }
    }

    private void status(ScenarioNode node) {
        if (node.raft.role() == RaftRole.LEADER) {
            write(Transcript.progress(node.raft.replica().tracker));
        }
    }

    private static void tick(ScenarioNode node, int ticks) {
        for (int i = 0; i < ticks; i++) {
            node.raft.tick();
        }
    }

    private void post(Mail sent) {
        mail.add(sent);
    }

    private ScenarioNode node(Directive d) {
        return node(d.number());
    }

    private ScenarioNode node(long id) {
        return nodes.get((int) id - 1);
    }

    private void write(String text) {
        if (!quiet) {
            output.append(text);
        }
    }
}
