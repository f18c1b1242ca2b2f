package io.quorate.raftstore.raft;

import io.quorate.raftstore.raft.ConfChange.Change;
import io.quorate.raftstore.raft.Script.Directive;
import io.quorate.raftstore.raft.progress.ProgressTracker;
import java.util.List;

/// The commands of the membership scripts: `simple`, `enter-joint [autoleave=true]`, `leave-joint`,
/// each with changes such as `v1 l2 r3 u4` as input. Every command takes the place of one entry in
/// an imagined log, which shows in where the progress of new members starts.
final class ConfChangeScript implements Script.Handler {
    private final ProgressTracker tracker = new ProgressTracker(10, Long.MAX_VALUE);
    private long lastIndex;

    @Override
    public String run(Directive directive) {
        try {
            List<Change> changes = Transcript.parseChanges(directive.input());
            ConfChanger.Outcome outcome =
                    switch (directive.command()) {
                        case "simple" -> ConfChanger.simple(tracker.members(), changes);
                        case "enter-joint" ->
                                ConfChanger.enterJoint(
                                        tracker.members(), directive.flag("autoleave"), changes);
                        case "leave-joint" -> ConfChanger.leaveJoint(tracker.members());
                        default -> throw new IllegalArgumentException("unknown command");
                    };
            tracker.switchTo(outcome.members(), outcome.kept(), Math.max(lastIndex, 1));
            return tracker.members() + "\n" + Transcript.progress(tracker);
        } catch (IllegalArgumentException unfit) {
            return unfit.getMessage() + "\n";
        } finally {
            lastIndex++;
        }
    }
}
