package io.quorate.sql.parse.ast;

/// A piece of the tree.
public interface Node {
    /// The character of the whole text, counted from 1; 0 where the node has no text of its own.
    int position();
}
