package io.quorate.sim.check;

import java.util.List;

/// Tries every order of a short history of a register.
final class RegisterBruteForce {
    private RegisterBruteForce() {}

    static boolean linearizable(
            List<Operation<RegisterAction>> history, boolean[] done, long value) {
        boolean allDone = true;
        for (int i = 0; i < done.length; i++) {
            allDone &= done[i];
            if (!done[i] && mayBeNext(history, done, i)) {
                Long next = RegisterAction.MODEL.next(value, history.get(i).action());
                if (next != null) {
                    done[i] = true;
                    boolean found = linearizable(history, done, next);
                    done[i] = false;
                    if (found) {
                        return true;
                    }
                }
            }
        }
        return allDone;
    }

    private static boolean mayBeNext(
            List<Operation<RegisterAction>> history, boolean[] done, int candidate) {
        for (int i = 0; i < done.length; i++) {
            if (!done[i] && history.get(i).returnedAt() < history.get(candidate).calledAt()) {
                return false;
            }
        }
        return true;
    }
}
