package io.quorate.raftstore.raft;

/// What a leader knows of one member, itself included.
///
/// @param match the last index known to be durable there
/// @param next the next index to send
/// @param active whether it answered within the last election timeout
/// @param awaitsSnapshot whether it is being sent a snapshot: the log should be kept from `match`
public record PeerStatus(
        long peer,
        boolean learner,
        long match,
        long next,
        boolean active,
        boolean awaitsSnapshot) {}
