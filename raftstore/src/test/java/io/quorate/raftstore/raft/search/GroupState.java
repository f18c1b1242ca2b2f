package io.quorate.raftstore.raft.search;

import java.util.Arrays;

/// A state of the whole group, all of it by number.
///
/// @param replicas the state of each replica
/// @param crashes how many there were so far
/// @param messages all that were ever sent and may yet arrive, ascending
/// @param letters the hash of these messages, whatever their order
record GroupState(int[] replicas, int ghost, int crashes, int[] messages, Hash128.Value letters) {

    static GroupState read(IntQueue queue, int size, NodeStates nodes) {
        int[] replicas = read(queue, size, new int[size]);
        int ghost = queue.take();
        int crashes = queue.take();
        int count = queue.take();
        int[] messages = read(queue, count, new int[count]);
        return new GroupState(replicas, ghost, crashes, messages, nodes.hashOf(messages));
    }

    void write(IntQueue queue) {
        write(replicas, queue);
        queue.add(ghost);
        queue.add(crashes);
        queue.add(messages.length);
        write(messages, queue);
    }

    boolean hasMessage(int message) {
        return Arrays.binarySearch(messages, message) >= 0;
    }

    /// The state in which one replica has moved on, and sent what it sent.
    GroupState with(
            int replica, int newState, int newGhost, int newCrashes, int[] sent, NodeStates nodes) {
        int[] newReplicas = replicas.clone();
        newReplicas[replica] = newState;
        int[] all = merge(sent);
        Hash128.Value hash = all == messages ? letters : nodes.hashOf(all);
        return new GroupState(newReplicas, newGhost, newCrashes, all, hash);
    }

    GroupState withMessages(int[] newMessages, NodeStates nodes) {
        return new GroupState(replicas, ghost, crashes, newMessages, nodes.hashOf(newMessages));
    }

    private int[] merge(int[] sent) {
        int[] all = Arrays.copyOf(messages, messages.length + sent.length);
        int count = messages.length;
        for (int message : sent) {
            if (!hasMessage(message)) {
                all[count++] = message;
            }
        }
        if (count == messages.length) {
            return messages;
        }
        Arrays.sort(all, 0, count);
        return Arrays.copyOf(all, count);
    }

    private static int[] read(IntQueue queue, int count, int[] into) {
        for (int i = 0; i < count; i++) {
            into[i] = queue.take();
        }
        return into;
    }

    private static void write(int[] numbers, IntQueue queue) {
        for (int number : numbers) {
            queue.add(number);
        }
    }
}
