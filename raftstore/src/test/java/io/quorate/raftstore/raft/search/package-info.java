/// Bounded explicit-state search on the core itself: every order in which a few messages can be
/// delivered, lost, doubled or overtaken, and replicas stopped, with the safety properties of Raft
/// looked at in every state.
///
/// The core is pure, so one replica's step depends on nothing but its own state and the input. That
/// makes the search cheap: [NodeStates] runs the real core once for each distinct pair of replica
/// state and input and remembers what came of it; [Search] then moves between group states by
/// looking these up. A group state is three replica states, the set of all messages ever sent, and
/// the [Ghost] that remembers what was promised. Messages stay in the set when they are delivered:
/// any of them may arrive at any time, again, or never.
@NullMarked
package io.quorate.raftstore.raft.search;

import org.jspecify.annotations.NullMarked;
