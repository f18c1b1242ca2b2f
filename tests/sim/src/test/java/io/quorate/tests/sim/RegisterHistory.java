package io.quorate.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.sim.check.LinearizabilityChecker;
import io.quorate.sim.check.Operation;
import io.quorate.sim.check.RegisterAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What clients did to registers, kept outside of the simulated world. An operation whose client died
/// stays open for ever; one that certainly did nothing is left out.
final class RegisterHistory {
    private final Map<Long, Call> calls = new TreeMap<>();
    private final Map<Long, RegisterAction> tried = new TreeMap<>();
    private final Map<Integer, List<Operation<RegisterAction>>> done = new TreeMap<>();
    private long lastId;

    /// An operation under way. Its id, which no other has, is also the value it may write.
    record Call(long id, int client, int register, long atNanos) {}

    Call call(int client, int register, long atNanos) {
        Call call = new Call(++lastId, client, register, atNanos);
        calls.put(call.id(), call);
        return call;
    }

    /// From now on the action may happen, whether or not the client ever hears of it.
    void tries(Call call, RegisterAction action) {
        tried.put(call.id(), action);
    }

    void done(Call call, RegisterAction action, long atNanos) {
        forget(call);
        add(call, action, atNanos);
    }

    void aborted(Call call) {
        forget(call);
    }

    /// Each register behaved as one that a single client uses. No operation is added afterwards.
    void judge() {
        tried.forEach((id, action) -> {
            Call call = calls.get(id);
            if (call != null) {
                add(call, action, Operation.NEVER);
            }
        });
        assertThat(LinearizabilityChecker.checkEach(RegisterAction.MODEL, done)).isEmpty();
    }

    private void forget(Call call) {
        calls.remove(call.id());
        tried.remove(call.id());
    }

    private void add(Call call, RegisterAction action, long returnedAt) {
        done.computeIfAbsent(call.register(), _ -> new ArrayList<>())
                .add(new Operation<>(call.client(), action, call.atNanos(), returnedAt));
    }
}
