package io.quorate.sql.parse.ast;

/// One identifier, folded and with its quotes taken off.
public record Name(String text, int position) implements Node {}
