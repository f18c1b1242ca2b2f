/// The messages of PostgreSQL's protocol 3.0, as its manual's chapter "Message Formats" has them.
@NullMarked
package io.quorate.pgwire.message;

import org.jspecify.annotations.NullMarked;
