/// One connection's conversation: settings, transactions, prepared statements and portals. It takes a
/// statement from its text to its rows by way of parser, binder, planner and executor, and knows which
/// errors of the transaction layer mean that a statement should simply run again.
@NullMarked
package io.quorate.sql.session;

import org.jspecify.annotations.NullMarked;
