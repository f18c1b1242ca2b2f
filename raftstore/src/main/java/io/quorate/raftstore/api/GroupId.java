package io.quorate.raftstore.api;

/// A Raft group of the cluster. 1 is the oracle's; regions count from 2. Never reused.
public record GroupId(long value) implements Comparable<GroupId> {
    public static final GroupId ORACLE = new GroupId(1);

    @Override
    public int compareTo(GroupId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return "g" + value;
    }
}
