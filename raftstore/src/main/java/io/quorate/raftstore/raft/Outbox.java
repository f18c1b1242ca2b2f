package io.quorate.raftstore.raft;

import io.quorate.common.check.Check;
import java.util.ArrayList;
import java.util.List;

/// Messages on their way out, in two streams: what may leave at once, and what promises that
/// something was written and must wait for it.
final class Outbox {
    private List<Message> messages = new ArrayList<>();
    private List<Message> gated = new ArrayList<>();

    void send(Message message) {
        if (promisesDurability(message)) {
            gated.add(message);
        } else {
            Check.that(message.from() != message.to(), "only promises are sent to oneself");
            messages.add(message);
        }
    }

    boolean isEmpty() {
        return messages.isEmpty() && gated.isEmpty();
    }

    List<Message> takeMessages() {
        List<Message> taken = messages;
        messages = new ArrayList<>();
        return taken;
    }

    List<Message> takeGated() {
        List<Message> taken = gated;
        gated = new ArrayList<>();
        return taken;
    }

    /// An accepted append promises the entries, a vote the vote, and both the term they carry.
    private static boolean promisesDurability(Message message) {
        return switch (message) {
            case Message.AppendReply _, Message.VoteReply _ -> true;
            case Message.Append _,
                    Message.VoteRequest _,
                    Message.Heartbeat _,
                    Message.HeartbeatReply _,
                    Message.InstallSnapshot _,
                    Message.TimeoutNow _,
                    Message.TransferLeader _,
                    Message.Propose _,
                    Message.ReadIndex _,
                    Message.ReadIndexReply _ ->
                    false;
        };
    }
}
